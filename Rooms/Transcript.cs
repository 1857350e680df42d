namespace RoomChat.Rooms;

/// <summary>
/// The ordered events of a room, within two bounds: what newcomers are shown (the last messages and the notices between) and
/// what is kept besides for those behind or coming back (everything of the last seconds). The room's lock guards it.
/// </summary>
internal sealed class Transcript(Limits limits, Tally tally)
{
    private readonly Queue<RoomEvent> _messages = new();
    private readonly Queue<RoomEvent> _notices = new();   // bounded by themselves, so that people coming and going cannot push the talk out
    private readonly Dictionary<(string From, string Id), long> _ids = [];
    private readonly List<RoomEvent?> _replay = [];
    private int _replayStart;
    private long _replayBytes;
    private long _historyFrom = 1;                        // what is shown holds every event from here on

    public long Head { get; private set; }

    /// <summary>The weight of everything kept.</summary>
    public long Bytes { get; private set; }

    private long ReplayFrom => Head + 1 - (_replay.Count - _replayStart);

    public RoomEvent Append(EventType type, Member member, string? text, DateTimeOffset at, string? id = null)
    {
        var from = member.Name;
        var line = new RoomEvent(++Head, type, from.Shown, text, at, id, member.IsRegistered ? true : null);
        _replay.Add(line);
        _replayBytes += line.Weigh();
        Weigh(line.Weigh());
        if (id is not null) _ids.Add((from.Key, id), line.Seq);

        var shown = type == EventType.Message ? _messages : _notices;
        shown.Enqueue(line);
        if (shown.Count > limits.History) DropShown(shown);
        while (_messages.Count == limits.History && _notices.TryPeek(out var notice) && notice.Seq < _messages.Peek().Seq) DropShown(_notices);

        Prune(at);
        return line;
    }

    public long? SeqOf(Name from, string id) => _ids.TryGetValue((from.Key, id), out var seq) ? seq : null;

    /// <summary>True where a reader at this place can be given everything that follows it.</summary>
    public bool Reaches(long place) => place + 1 >= ReplayFrom;

    /// <summary>What follows a place that is still reached, up to about so many bytes.</summary>
    public List<RoomEvent> After(long place, int maxBytes)
    {
        List<RoomEvent> events = [];
        for (var (i, bytes) = (_replay.Count - (int)(Head - place), 0); i < _replay.Count && bytes < maxBytes; i++)
        {
            events.Add(_replay[i]!);
            bytes += _replay[i]!.Weigh();
        }
        return events;
    }

    /// <summary>What follows a place, or a newcomer is shown, up to about so many bytes. A place beyond the head counts for nothing.</summary>
    public Excerpt Read(long? after, int maxBytes)
    {
        var place = after <= Head ? after : null;
        var reached = place is { } last && Reaches(last);
        var events = reached ? After(place!.Value, maxBytes) : Part(Shown(place ?? 0), maxBytes);
        var gap = !reached && place is { } missed && !ShowsAllAfter(missed);
        return new Excerpt(events, events.Count > 0 ? events[^1].Seq : Head, gap);
    }

    /// <summary>What a newcomer is shown; of that, what follows a place.</summary>
    public List<RoomEvent> Shown(long after) =>
        [.. _messages.Concat(_notices).Where(line => line.Seq > after).OrderBy(line => line.Seq)];

    /// <summary>True where nothing that followed this place is missing from what is shown.</summary>
    public bool ShowsAllAfter(long place) => place + 1 >= _historyFrom;

    /// <summary>Lets go of what nobody can come back for any more.</summary>
    public void Prune(DateTimeOffset now)
    {
        var oldest = now.AddSeconds(-limits.ReplaySeconds);
        while (_replayStart < _replay.Count && (_replay[_replayStart]!.At < oldest || _replayBytes > limits.ReplayBytes)) DropReplay();
    }

    /// <summary>Gives up the oldest of what is kept.</summary>
    public void GiveUp(long bytes)
    {
        for (var goal = Bytes - bytes; Bytes > goal && Bytes > 0;)
        {
            var message = _messages.TryPeek(out var m) ? m.Seq : long.MaxValue;
            var notice = _notices.TryPeek(out var n) ? n.Seq : long.MaxValue;
            if (_replayStart < _replay.Count && ReplayFrom <= Math.Min(message, notice)) DropReplay();
            else DropShown(message < notice ? _messages : _notices);
        }
    }

    private static List<RoomEvent> Part(List<RoomEvent> lines, int maxBytes)
    {
        var bytes = 0;
        return [.. lines.TakeWhile(line => bytes < maxBytes && (bytes += line.Weigh()) > 0)];
    }

    private void DropShown(Queue<RoomEvent> shown)
    {
        var line = shown.Dequeue();
        _historyFrom = Math.Max(_historyFrom, line.Seq + 1);
        if (line.Seq < ReplayFrom) Forget(line);
    }

    private void DropReplay()
    {
        var line = _replay[_replayStart]!;
        _replay[_replayStart++] = null;
        _replayBytes -= line.Weigh();
        var shown = line.Type == EventType.Message ? _messages : _notices;
        if (!shown.TryPeek(out var first) || line.Seq < first.Seq) Forget(line);

        if (_replayStart < 64 || _replayStart < _replay.Count / 2) return;
        _replay.RemoveRange(0, _replayStart);
        if (_replay.Capacity > 4 * _replay.Count) _replay.TrimExcess();
        _replayStart = 0;
    }

    private void Forget(RoomEvent line)
    {
        Weigh(-line.Weigh());
        if (line.Id is not null) _ids.Remove((Name.KeyOf(line.From), line.Id));
    }

    private void Weigh(int bytes)
    {
        Bytes += bytes;
        tally.AddBytes(bytes);
    }
}
