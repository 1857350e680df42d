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

    /// <param name="allowance">How many times the rate.</param>
    public Refusal? TryTake(TKey key, int allowance = 1)
    {
        if (perMinute == 0) return null;
        var burst = (long)perMinute * allowance;
        lock (_gate)
        {
            var now = time.GetElapsedTime(0);
            var taken = _buckets[key, now].TryTake(now, burst / 60.0, burst, out var wait);
            return taken ? null : new Refusal(Reason.RateLimited, wait);
        }
    }

    public void Charge(TKey key, long amount, int allowance = 1)
    {
        if (perMinute == 0) return;
        var now = time.GetElapsedTime(0);
        lock (_gate) { _buckets[key, now].Charge(now, (long)perMinute * allowance / 60.0, amount); }
    }

    public void GiveBack(TKey key)
    {
        lock (_gate) { _buckets[key, time.GetElapsedTime(0)].GiveBack(); }
    }
}
