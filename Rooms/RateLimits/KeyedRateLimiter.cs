namespace RoomChat.Rooms;

/// <summary>0 means no limit. By hand, since the framework's limiters take no TimeProvider.</summary>
public sealed class KeyedRateLimiter<TKey>(TimeProvider time, int perMinute) where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly LruCache<TKey, TokenBucket> _buckets = new();

    internal int Count
    {
        get { lock (_gate) { return _buckets.Count; } }
    }

    public Refusal? TryTake(TKey key)
    {
        if (perMinute == 0) return null;
        lock (_gate)
        {
            var taken = _buckets[key].TryTake(time.GetElapsedTime(0), perMinute / 60.0, perMinute, out var wait);
            return taken ? null : new Refusal(Reason.RateLimited, wait);
        }
    }

    public void GiveBack(TKey key)
    {
        lock (_gate) { _buckets[key].GiveBack(); }
    }
}
