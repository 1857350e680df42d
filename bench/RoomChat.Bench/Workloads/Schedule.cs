namespace RoomChat.Bench.Workloads;

/// <summary>When each message is due: every sender at its own even pace, whatever the server does.</summary>
internal sealed class Schedule
{
    private const long Second = 1_000_000_000;

    private readonly (long Offset, int Sender)[] _turns;
    private readonly long _start, _period;
    private long _count;

    /// <summary>Scattered, the senders' beats fall anywhere, though in each run alike; else they are evenly apart.</summary>
    public Schedule(long start, int senders, double perSecond, bool scattered)
    {
        (_start, _period) = (start, (long)(senders / perSecond * Second));
        var chance = new Random(1);
        _turns = [.. from sender in Enumerable.Range(0, senders)
                     let offset = scattered ? chance.NextInt64(_period) : _period * sender / senders
                     orderby offset
                     select (offset, sender)];
    }

    public long Due => _start + _count / _turns.Length * _period + _turns[_count % _turns.Length].Offset;

    public int Sender => _turns[_count % _turns.Length].Sender;

    public void Next() => _count++;
}
