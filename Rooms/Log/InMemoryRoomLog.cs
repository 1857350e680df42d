namespace RoomChat.Rooms;

/// <summary>Keeps nothing, since the room's transcript is its only reader, and so is one for all rooms.</summary>
internal sealed class InMemoryRoomLog : IRoomLog
{
    public ValueTask<LogAnswer> AppendAsync(
        LogHead head, LogFences fences, IReadOnlyList<LogEntry> entries, long keepFrom)
    {
        var taken = new LogEntry[entries.Count];
        var last = head.Place;
        for (var i = 0; i < taken.Length; i++) last = (taken[i] = entries[i].NumberedAfter(last)).Place;
        return new(new LogAnswer(new LogPage(head, taken), FirstTaken: 0));
    }

    public ValueTask<LogAnswer> ReadAsync(LogHead after, bool hasMembers) =>
        new(new LogAnswer(new LogPage(after, [])));
}
