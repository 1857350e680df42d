namespace RoomChat.Bench.Workloads;

/// <summary>When each message is sent: every sender at the same fixed rate, independent of the server.</summary>
internal sealed class SendSchedule
{
    private const long Second = 1_000_000_000;

    private readonly (long Offset, int Sender)[] _period;
    private readonly long _start, _periodLength;
    private long _sent;

    public SendSchedule(long start, int senders, double messagesPerSecond, bool randomOffsets)
    {
        (_start, _periodLength) = (start, (long)(senders / messagesPerSecond * Second));
        var random = new Random(1);
        _period = [.. from sender in Enumerable.Range(0, senders)
                      let offset = randomOffsets ? random.NextInt64(_periodLength) : _periodLength * sender / senders
                      orderby offset
                      select (offset, sender)];
    }

    public long NextTime => _start + _sent / _period.Length * _periodLength + _period[_sent % _period.Length].Offset;

    public int NextSender => _period[_sent % _period.Length].Sender;

    public void Advance() => _sent++;
}
