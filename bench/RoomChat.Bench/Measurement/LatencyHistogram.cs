using System.Numerics;

namespace RoomChat.Bench.Measurement;

/// <summary>64 linear buckets per power of two nanoseconds: a quantile is at most 1.6 % too high.</summary>
internal sealed class LatencyHistogram
{
    private const int BucketsPerPower = 64;

    private readonly long[] _counts = new long[64 * BucketsPerPower];
    private long _max;

    public long Count { get; private set; }

    public void Add(long nanoseconds)
    {
        nanoseconds = Math.Max(nanoseconds, BucketsPerPower);
        var power = BitOperations.Log2((ulong)nanoseconds);
        _counts[power * BucketsPerPower + (int)(nanoseconds >> (power - 6)) - BucketsPerPower]++;
        Count++;
        _max = Math.Max(_max, nanoseconds);
    }

    public double? QuantileMilliseconds(double quantile)
    {
        var remaining = (long)Math.Ceiling(Count * quantile);
        for (var i = 0; i < _counts.Length && remaining > 0; i++)
            if ((remaining -= _counts[i]) <= 0)
                return Math.Min(_max, GetUpperBound(i)) / 1e6;
        return null;
    }

    private static long GetUpperBound(int bucket) =>
        (long)(bucket % BucketsPerPower + BucketsPerPower + 1) << (bucket / BucketsPerPower - 6);
}
