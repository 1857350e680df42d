namespace RoomChat.Rooms;

/// <summary>A token bucket for each key; 0 means no limit. The framework's own limiter takes no TimeProvider.</summary>
public sealed class KeyedRateLimiter<TKey>(TimeProvider time, int perMinute) where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly LruCache<TKey, TokenBucket> _buckets = new();

    internal int Count
    {
        get { lock (_gate) { return _buckets.Count; } }
    }

    /// <summary>Takes a token; where there is none, the refusal says how long to wait.</summary>
    public Refusal? TryTake(TKey key)
    {
        if (perMinute == 0) return null;
        lock (_gate)
        {
            var taken = _buckets[key].TryTake(time.GetElapsedTime(0), perMinute / 60.0, perMinute, out var wait);
            return taken ? null : new Refusal(Reason.RateLimited, wait);
        }
    }
}
