namespace RoomChat.Rooms;

/// <summary>
/// Keeps two ranges: the history for newcomers (the last messages and the notices between them) and the replay for
/// members that are behind (everything of the last seconds). Guarded by the room's lock.
/// </summary>
internal sealed class Transcript(RoomEnvironment environment)
{
    private const int CompactAfter = 64;

    private readonly Limits _limits = environment.Limits;
    private readonly Queue<RoomEvent> _messages = new();
    private readonly Queue<RoomEvent> _notices = new();     // bounded separately, so that they cannot displace messages
    private readonly Dictionary<(string From, string Id), long> _seqById = [];
    private readonly List<RoomEvent?> _replay = [];
    private int _replayStart;
    private long _replayBytes;
    private long _historyStart = 1;                         // the history holds every event from here on

    public long Head { get; private set; }

    public long Bytes { get; private set; }

    private long ReplayStart => Head + 1 - (_replay.Count - _replayStart);

    public void Append(RoomEvent appended)
    {
        if (appended.Type == EventType.Message) environment.Counters.AddMessage();
        Keep(appended);
    }

    private void Keep(RoomEvent appended)
    {
        Head = appended.Seq;
        _replay.Add(appended);
        _replayBytes += appended.EstimateBytes();
        AddBytes(appended.EstimateBytes());
        if (appended.Id is { } id) _seqById.TryAdd((Name.KeyOf(appended.From), id), appended.Seq);

        var history = HistoryOf(appended.Type);
        history.Enqueue(appended);
        if (history.Count > _limits.History) DropOldest(history);
        while (_messages.Count == _limits.History
            && _notices.TryPeek(out var notice) && notice.Seq < _messages.Peek().Seq) DropOldest(_notices);

        TrimReplay();
    }

    /// <summary>The first seq that anybody may still be given.</summary>
    public long FirstKept =>
        Math.Min(
            ReplayStart,
            Math.Min(
                _messages.TryPeek(out var message) ? message.Seq : long.MaxValue,
                _notices.TryPeek(out var notice) ? notice.Seq : long.MaxValue));

    /// <summary>Continues after what was kept elsewhere.</summary>
    public void Restore(IReadOnlyList<RoomEvent> kept, long head)
    {
        _historyStart = kept.Count > 0 ? kept[0].Seq : head + 1;
        foreach (var restored in kept) Keep(restored);
        Head = head;
    }

    public long? SeqOf(Name from, string id) => _seqById.TryGetValue((from.Key, id), out var seq) ? seq : null;

    public bool CanReplayAfter(long seq) => seq + 1 >= ReplayStart;

    /// <summary>Up to about this many bytes; the place must be replayable.</summary>
    public List<RoomEvent> ReplayAfter(long seq, int maxBytes)
    {
        List<RoomEvent> events = [];
        for (var (i, bytes) = (_replay.Count - (int)(Head - seq), 0); i < _replay.Count && bytes < maxBytes; i++)
        {
            events.Add(_replay[i]!);
            bytes += _replay[i]!.EstimateBytes();
        }
        return events;
    }

    /// <summary>Without a place, or with one beyond the head, the history.</summary>
    public EventPage ReadPage(long? after, int maxBytes)
    {
        var place = after <= Head ? after : null;
        var canReplay = place is { } last && CanReplayAfter(last);
        var events = canReplay ? ReplayAfter(place!.Value, maxBytes) : FirstBytes(HistoryAfter(place ?? 0), maxBytes);
        var hasGap = !canReplay && place is { } missed && !IsHistoryCompleteAfter(missed);
        return new EventPage(events, events.Count > 0 ? events[^1].Seq : Head, hasGap);
    }

    public List<RoomEvent> HistoryAfter(long seq) =>
        [.. _messages.Concat(_notices).Where(shown => shown.Seq > seq).OrderBy(shown => shown.Seq)];

    public bool IsHistoryCompleteAfter(long seq) => seq + 1 >= _historyStart;

    public void TrimReplay()
    {
        var oldest = environment.UtcNow.AddSeconds(-_limits.ReplaySeconds);
        while (_replayStart < _replay.Count
            && (_replay[_replayStart]!.At < oldest || _replayBytes > _limits.ReplayBytes)) DropOldestReplay();
    }

    public void TrimOldest(long bytes)
    {
        for (var target = Bytes - bytes; Bytes > target && Bytes > 0;)
        {
            var message = _messages.TryPeek(out var m) ? m.Seq : long.MaxValue;
            var notice = _notices.TryPeek(out var n) ? n.Seq : long.MaxValue;
            if (_replayStart < _replay.Count && ReplayStart <= Math.Min(message, notice)) DropOldestReplay();
            else DropOldest(message < notice ? _messages : _notices);
        }
    }

    public void Clear() => TrimOldest(Bytes);

    private static List<RoomEvent> FirstBytes(List<RoomEvent> events, int maxBytes)
    {
        var bytes = 0;
        return [.. events.TakeWhile(read => bytes < maxBytes && (bytes += read.EstimateBytes()) > 0)];
    }

    private Queue<RoomEvent> HistoryOf(EventType type) => type == EventType.Message ? _messages : _notices;

    private void DropOldest(Queue<RoomEvent> history)
    {
        var oldest = history.Dequeue();
        _historyStart = Math.Max(_historyStart, oldest.Seq + 1);
        if (oldest.Seq < ReplayStart) Release(oldest);
    }

    private void DropOldestReplay()
    {
        var oldest = _replay[_replayStart]!;
        _replay[_replayStart++] = null;
        _replayBytes -= oldest.EstimateBytes();
        if (!HistoryOf(oldest.Type).TryPeek(out var first) || oldest.Seq < first.Seq) Release(oldest);

        if (_replayStart < CompactAfter || _replayStart < _replay.Count / 2) return;
        _replay.RemoveRange(0, _replayStart);
        if (_replay.Capacity > 4 * _replay.Count) _replay.TrimExcess();
        _replayStart = 0;
    }

    private void Release(RoomEvent released)
    {
        AddBytes(-released.EstimateBytes());
        if (released.Id is not null) _seqById.Remove((Name.KeyOf(released.From), released.Id));
    }

    private void AddBytes(int bytes)
    {
        Bytes += bytes;
        environment.Counters.AddBytes(bytes);
    }
}
