namespace RoomChat.Rooms;

/// <summary>
/// Keeps two ranges: the history for newcomers (the last messages and the notices between them) and the replay for
/// members that are behind (everything of the last seconds). A message is kept as later events have amended it.
/// Guarded by the room's lock.
/// </summary>
internal sealed class Transcript(RoomEnvironment environment)
{
    private readonly Limits _limits = environment.Limits;
    private readonly EventQueue _messages = new();
    private readonly EventQueue _notices = new();           // bounded separately, so that they cannot displace messages
    private readonly EventQueue _replay = new();
    private readonly Dictionary<(string From, string Id), long> _seqById = [];
    private long _replayBytes;
    private long _historyStart = 1;                         // the history holds every event from here on

    public long Head { get; private set; }

    public long Bytes { get; private set; }

    private long ReplayStart => Head + 1 - _replay.Count;

    public void Append(RoomEvent appended)
    {
        if (appended.Type == EventType.Message) environment.Counters.AddMessage();
        Keep(appended);
        if (appended.Of is not { } of) return;
        foreach (var overtaken in Overtaken(appended).ToList()) Replace(overtaken);
        if (Find(of) is { } message) Replace(message.AmendedBy(appended));
        TrimReplay();
    }

    /// <summary>The first seq that anybody may still be given.</summary>
    public long FirstKept =>
        Math.Min(ReplayStart, Math.Min(_messages.FirstSeq ?? long.MaxValue, _notices.FirstSeq ?? long.MaxValue));

    /// <summary>Continues after what was kept elsewhere, where messages have been amended already.</summary>
    public void Restore(IReadOnlyList<RoomEvent> kept, long head)
    {
        _historyStart = kept.Count > 0 ? kept[0].Seq : head + 1;
        foreach (var restored in kept) Keep(restored);
        Head = head;
    }

    /// <summary>A message, or what is kept of it.</summary>
    public RoomEvent? Find(long seq) =>
        _messages.Find(seq) ?? (_replay.Find(seq) is { } kept && HistoryOf(kept) == _messages ? kept : null);

    /// <summary>Of what is kept for those who are behind, as later events have amended it.</summary>
    public RoomEvent? FindReplayed(long seq) => _replay.Find(seq);

    public long? SeqOf(Member member, string id) =>
        _seqById.TryGetValue((member.Name.Key, id), out var seq) ? seq
        : member.Row.IsRenamed ? Kept.FirstOrDefault(kept => kept.Who == member.Who && kept.Id == id)?.Seq
        : null;

    /// <summary>The last that is kept of what somebody of this name did; 0 if nothing is.</summary>
    public long LastSeqFrom(Name name) =>
        _messages.After(0).Concat(_notices.After(0)).Where(kept => kept.From == name.Shown)
            .Select(kept => kept.Seq).DefaultIfEmpty().Max();

    public int CountMessagesAfter(long seq, Name butFrom) =>
        _messages.After(seq).Count(kept => kept.Type == EventType.Message && kept.From != butFrom.Shown);

    public bool CanReplayAfter(long seq) => seq + 1 >= ReplayStart;

    /// <summary>Up to about this many bytes; the place must be replayable.</summary>
    public List<RoomEvent> ReplayAfter(long seq, int maxBytes)
    {
        List<RoomEvent> events = [];
        for (var (i, bytes) = (_replay.IndexAfter(seq), 0); i < _replay.Count && bytes < maxBytes; i++)
        {
            events.Add(_replay[i]);
            bytes += _replay[i].MaxJsonBytes();
        }
        return events;
    }

    public long ReplayBytesAfter(long seq)
    {
        var bytes = 0L;
        for (var i = _replay.IndexAfter(seq); i < _replay.Count; i++) bytes += _replay[i].MaxJsonBytes();
        return bytes;
    }

    /// <summary>Without a place, or with one beyond the head, the history.</summary>
    public EventPage ReadPage(long? after, int maxBytes)
    {
        var place = after <= Head ? after : null;
        var canReplay = place is { } last && CanReplayAfter(last);
        var events = canReplay ? ReplayAfter(place!.Value, maxBytes) : FirstBytes(HistoryAfter(place), maxBytes);
        var hasGap = !canReplay && place is { } missed && !IsHistoryCompleteAfter(missed);
        return new EventPage(events, events.Count > 0 ? events[^1].Seq : Head, hasGap);
    }

    /// <summary>Without a place all of it, and else also what amends earlier messages.</summary>
    public List<RoomEvent> HistoryAfter(long? seq) =>
    [
        .. _messages.After(seq ?? 0).Concat(_notices.After(seq ?? 0))
            .Concat(seq is { } place ? _replay.After(place).Where(kept => kept.IsAmendment) : [])
            .OrderBy(kept => kept.Seq),
    ];

    /// <summary>Events that were read a while ago, without the messages that are no longer kept.</summary>
    public List<RoomEvent> AsKept(IEnumerable<RoomEvent> events) =>
        [.. events.Select(read => HistoryOf(read) == _messages ? Find(read.Seq) : read).OfType<RoomEvent>()];

    public bool IsHistoryCompleteAfter(long seq) => seq + 1 >= _historyStart;

    public void TrimReplay()
    {
        var oldest = environment.UtcNow.AddSeconds(-_limits.ReplaySeconds);
        while (_replay.Count > 0 && (_replay[0].At < oldest || _replayBytes > _limits.ReplayBytes)) DropOldestReplay();
    }

    public void TrimOldest(long bytes)
    {
        for (var target = Bytes - bytes; Bytes > target && Bytes > 0;)
        {
            var (message, notice) = (_messages.FirstSeq ?? long.MaxValue, _notices.FirstSeq ?? long.MaxValue);
            if (_replay.Count > 0 && ReplayStart <= Math.Min(message, notice)) DropOldestReplay();
            else DropOldest(message < notice ? _messages : _notices);
        }
    }

    public void Clear() => TrimOldest(Bytes);

    private IEnumerable<RoomEvent> Kept => _messages.After(0).Concat(_replay.After(0));

    private void Keep(RoomEvent kept)
    {
        Head = kept.Seq;
        _replay.Add(kept);
        AddBytes(kept.EstimateBytes(), toReplay: true);
        if (kept.Id is { } id) _seqById.TryAdd((Name.KeyOf(kept.From), id), kept.Seq);

        if (HistoryOf(kept) is { } history)
        {
            history.Add(kept);
            if (history.Count > _limits.History) DropOldest(history);
            while (_messages.Count == _limits.History && _notices.FirstSeq < _messages.FirstSeq) DropOldest(_notices);
        }
        TrimReplay();
    }

    /// <summary>Earlier texts of a message, and everything about it once it is taken back.</summary>
    private IEnumerable<RoomEvent> Overtaken(RoomEvent amendment) =>
        from kept in _replay.After(amendment.Of!.Value)
        where kept.Of == amendment.Of && kept.Seq < amendment.Seq
        where (amendment.Type, kept.Type) is (EventType.Edited or EventType.Removed, EventType.Edited)
            or (EventType.Removed, EventType.Reacted)
        select kept.Overtaken();

    private void Replace(RoomEvent replacement)
    {
        var replayed = _replay.Replace(replacement);
        if ((_messages.Replace(replacement) ?? replayed) is not { } former) return;
        AddBytes(replacement.EstimateBytes() - former.EstimateBytes(), toReplay: replayed is not null);
    }

    private static List<RoomEvent> FirstBytes(List<RoomEvent> events, int maxBytes)
    {
        var bytes = 0;
        return [.. events.TakeWhile(read => bytes < maxBytes && (bytes += read.MaxJsonBytes()) > 0)];
    }

    /// <summary>An amendment has none, since a newcomer is shown what has come of it.</summary>
    private EventQueue? HistoryOf(RoomEvent kept) =>
        kept.IsAmendment ? null : kept.Type == EventType.Message || kept.IsStub ? _messages : _notices;

    private void DropOldest(EventQueue history)
    {
        var oldest = history.DropFirst();
        _historyStart = Math.Max(_historyStart, oldest.Seq + 1);
        if (oldest.Seq < ReplayStart) Release(oldest);
    }

    private void DropOldestReplay()
    {
        var oldest = _replay.DropFirst();
        _replayBytes -= oldest.EstimateBytes();
        var history = HistoryOf(oldest);
        if (history is null) _historyStart = Math.Max(_historyStart, oldest.Seq + 1);
        if (history?.FirstSeq is not { } first || oldest.Seq < first) Release(oldest);
    }

    private void Release(RoomEvent released)
    {
        AddBytes(-released.EstimateBytes(), toReplay: false);
        if (released.Id is not null) _seqById.Remove((Name.KeyOf(released.From), released.Id));
    }

    private void AddBytes(int bytes, bool toReplay)
    {
        Bytes += bytes;
        if (toReplay) _replayBytes += bytes;
        environment.Counters.AddBytes(bytes);
    }
}
