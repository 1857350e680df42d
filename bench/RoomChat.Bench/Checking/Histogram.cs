using System.Numerics;

namespace RoomChat.Bench.Checking;

/// <summary>Counts of nanoseconds: 64 steps in each power of two, so at most 1.6 % off.</summary>
internal sealed class Histogram
{
    private readonly long[] _counts = new long[64 * 64];
    private long _total, _longest;

    public void Add(long nanos)
    {
        nanos = Math.Max(nanos, 64);
        var power = BitOperations.Log2((ulong)nanos);
        _counts[power * 64 + (int)(nanos >> (power - 6)) - 64]++;
        _total++;
        _longest = Math.Max(_longest, nanos);
    }

    /// <summary>The upper edge of the step that this part of all falls into; null where there is nothing.</summary>
    public double? Milliseconds(double part)
    {
        var left = (long)Math.Ceiling(_total * part);
        for (var i = 0; i < _counts.Length && left > 0; i++)
            if ((left -= _counts[i]) <= 0)
                return Math.Min(_longest, (long)(i % 64 + 65) << (i / 64 - 6)) / 1e6;
        return null;
    }
}
