namespace RoomChat.Rooms;

/// <summary>Whoever was cut off for flooding waits before it returns, each time twice as long.</summary>
internal struct FloodBackoff
{
    private const int MaxDoublings = 6;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(1), ForgivenAfter = TimeSpan.FromMinutes(10);

    private int _floods;
    private TimeSpan _lastAt;

    public void Note(TimeSpan now)
    {
        _floods = now - _lastAt >= ForgivenAfter ? 1 : _floods + 1;
        _lastAt = now;
    }

    public readonly Refusal? WhyNotReturn(TimeSpan now)
    {
        if (_floods == 0) return null;
        var left = _lastAt + First * (1 << Math.Min(_floods - 1, MaxDoublings)) - now;
        return left > TimeSpan.Zero ? new Refusal(Reason.RateLimited, left) : null;
    }
}
