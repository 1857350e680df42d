namespace RoomChat.Rooms;

/// <summary>
/// What the log took in the last seconds, and may lose if it fails. Without the events, which the transcript has.
/// Guarded by the room's lock.
/// </summary>
internal sealed class RecentEntries(LogHead start)
{
    /// <summary>By then the disk has it, and so has a replica.</summary>
    private static readonly TimeSpan KeepFor = TimeSpan.FromSeconds(10);

    private readonly Queue<(LogEntry Entry, TimeSpan At)> _entries = [];
    private LogHead _before = start;
    private TimeSpan _givenBackAt;

    public void Add(LogEntry entry, TimeSpan now) =>
        _entries.Enqueue((entry with { Event = null, Amended = null }, now));

    /// <summary>Only once the log has answered: while it is away, it may have lost any of them.</summary>
    public void Trim(TimeSpan now)
    {
        if (now - _givenBackAt <= KeepFor) return;
        while (_entries.TryPeek(out var oldest) && now - oldest.At > KeepFor)
            _before = _entries.Dequeue().Entry.Head;
        if (_entries.Count == 0) _entries.TrimExcess();
    }

    /// <summary>Null if it is not known what followed it.</summary>
    public IEnumerable<LogEntry>? GiveBackAfter(LogHead head, TimeSpan now)
    {
        _givenBackAt = now;
        var entries = _entries.Select(recent => recent.Entry);
        return head == _before ? entries
            : entries.Any(entry => entry.Head == head) ? entries.SkipWhile(entry => entry.Head != head).Skip(1)
            : null;
    }
}
