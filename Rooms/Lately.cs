using System.Runtime.InteropServices;

namespace RoomChat.Rooms;

/// <summary>
/// A value for each key. A bounded number of keys is remembered; of more, those that were used longest ago are forgotten.
/// Whoever uses it locks it.
/// </summary>
public sealed class Lately<TKey, TValue> where TKey : notnull
{
    private const int Generation = 10_000;

    private Dictionary<TKey, TValue?> _lately = [], _before = [];

    internal int Count => _lately.Count + _before.Count;

    public ref TValue? this[TKey key]
    {
        get
        {
            if (_lately.Count == Generation && !_lately.ContainsKey(key)) (_before, _lately) = (_lately, []);
            ref var value = ref CollectionsMarshal.GetValueRefOrAddDefault(_lately, key, out var exists);
            if (!exists && _before.Remove(key, out var before)) value = before;
            return ref value;
        }
    }
}
