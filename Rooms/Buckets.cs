namespace RoomChat.Rooms;

/// <summary>A token bucket for each key: so many at once, and so many a minute.</summary>
public sealed class Buckets<TKey>(TimeProvider time, int perMinute) where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Lately<TKey, TokenBucket> _buckets = new();

    internal int Count
    {
        get { lock (_gate) { return _buckets.Count; } }
    }

    /// <summary>Takes one, or says how long to wait.</summary>
    public Refusal? Limit(TKey key)
    {
        if (perMinute == 0) return null;
        lock (_gate)
        {
            var taken = _buckets[key].TryTake(time.GetElapsedTime(0), perMinute / 60.0, perMinute, out var wait);
            return taken ? null : new Refusal(Reason.RateLimited, wait);
        }
    }
}
