using System.Runtime.InteropServices;

namespace RoomChat.Rooms;

/// <summary>
/// A bounded number of keys and their values; beyond it, roughly the least recently used are forgotten. Two generations
/// take constant time, where an exact order would cost a linked list on every access. Not thread-safe.
/// </summary>
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
