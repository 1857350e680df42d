namespace RoomChat.Rooms;

/// <summary>Events by seq: added at the end, dropped at the start, and replaced anywhere.</summary>
internal sealed class EventQueue
{
    private const int CompactAfter = 64;

    private readonly List<RoomEvent?> _events = [];
    private int _start;

    public int Count => _events.Count - _start;

    public long? FirstSeq => Count > 0 ? this[0].Seq : null;

    public RoomEvent this[int index] => _events[_start + index]!;

    public void Add(RoomEvent added) => _events.Add(added);

    public RoomEvent DropFirst()
    {
        var first = this[0];
        _events[_start++] = null;
        if (_start >= CompactAfter && _start >= _events.Count / 2)
        {
            _events.RemoveRange(0, _start);
            if (_events.Capacity > 4 * _events.Count) _events.TrimExcess();
            _start = 0;
        }
        return first;
    }

    public RoomEvent? Find(long seq)
    {
        var index = IndexAfter(seq - 1);
        return index < Count && this[index].Seq == seq ? this[index] : null;
    }

    /// <summary>The one that it replaces; null if there is none.</summary>
    public RoomEvent? Replace(RoomEvent replacement)
    {
        var former = Find(replacement.Seq);
        if (former is not null) _events[_start + IndexAfter(replacement.Seq - 1)] = replacement;
        return former;
    }

    public int IndexAfter(long seq)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (this[middle].Seq > seq) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    public IEnumerable<RoomEvent> After(long seq)
    {
        for (var i = IndexAfter(seq); i < Count; i++) yield return this[i];
    }
}
