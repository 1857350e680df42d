using System.Runtime.InteropServices;

namespace RoomChat.Rooms;

/// <summary>
/// Approximate, in two generations that end by size or by time: constant time and no linked list. Not thread-safe.
/// </summary>
public sealed class LruCache<TKey, TValue> where TKey : notnull
{
    private const int GenerationSize = 10_000;

    /// <summary>Whoever was not heard of for that long is forgotten, before twice the time has passed.</summary>
    private static readonly TimeSpan GenerationTime = TimeSpan.FromMinutes(10);

    private Dictionary<TKey, TValue?> _recent = [], _older = [];
    private TimeSpan _begun;

    internal int Count => _recent.Count + _older.Count;

    public ref TValue? this[TKey key, TimeSpan now]
    {
        get
        {
            if (now - _begun >= GenerationTime || (_recent.Count == GenerationSize && !_recent.ContainsKey(key)))
                (_older, _recent, _begun) = (_recent, [], now);
            ref var value = ref CollectionsMarshal.GetValueRefOrAddDefault(_recent, key, out var exists);
            if (!exists && _older.Remove(key, out var older)) value = older;
            return ref value;
        }
    }
}
