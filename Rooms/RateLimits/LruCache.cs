using System.Runtime.InteropServices;

namespace RoomChat.Rooms;

/// <summary>Approximate, in two generations: constant time and no linked list. Not thread-safe.</summary>
public sealed class LruCache<TKey, TValue> where TKey : notnull
{
    private const int GenerationSize = 10_000;

    private Dictionary<TKey, TValue?> _recent = [], _older = [];

    internal int Count => _recent.Count + _older.Count;

    public ref TValue? this[TKey key]
    {
        get
        {
            if (_recent.Count == GenerationSize && !_recent.ContainsKey(key)) (_older, _recent) = (_recent, []);
            ref var value = ref CollectionsMarshal.GetValueRefOrAddDefault(_recent, key, out var exists);
            if (!exists && _older.Remove(key, out var older)) value = older;
            return ref value;
        }
    }
}
