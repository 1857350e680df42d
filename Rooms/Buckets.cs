namespace RoomChat.Rooms;

/// <summary>
/// A token bucket for each key: so many at once, and so many a minute. A bounded number of keys is remembered;
/// of more, those that were used longest ago are forgotten.
/// </summary>
public sealed class Buckets<TKey>(TimeProvider time, int perMinute) where TKey : notnull
{
    private const int Generation = 10_000;

    private readonly Lock _gate = new();
    private Dictionary<TKey, TokenBucket> _lately = [], _before = [];

    internal int Count
    {
        get { lock (_gate) { return _lately.Count + _before.Count; } }
    }

    /// <summary>Takes one, or says how long to wait.</summary>
    public Refusal? Limit(TKey key)
    {
        if (perMinute == 0) return null;
        lock (_gate)
        {
            if (!_lately.TryGetValue(key, out var bucket)) _before.TryGetValue(key, out bucket);
            var taken = bucket.TryTake(time.GetElapsedTime(0), perMinute / 60.0, perMinute, out var wait);
            _lately[key] = bucket;
            if (_lately.Count == Generation) (_before, _lately) = (_lately, []);
            return taken ? null : new Refusal(Reason.RateLimited, wait);
        }
    }
}
