namespace RoomChat.Rooms;

/// <summary>Orders what is appended to a room. The room folds what the log took, and only that.</summary>
internal interface IRoomLog
{
    /// <summary>
    /// Takes the entries unless the roster or, for an amendment, what was amended has changed since
    /// <paramref name="fences"/> or, for an exact one, anything has been appended since <paramref name="place"/>.
    /// Does not fail, but lasts while the log is away. Synchronous in memory.
    /// </summary>
    /// <param name="keepFrom">What precedes this seq need not be kept.</param>
    ValueTask<LogAnswer> AppendAsync(
        LogPlace place, LogFences fences, IReadOnlyList<LogEntry> entries, long keepFrom);

    ValueTask<LogAnswer> ReadAsync(LogPlace after, bool hasMembers);
}

/// <summary>What follows a place, which is after the one that was asked for if the log keeps no more.</summary>
internal sealed record LogPage(LogPlace After, IReadOnlyList<LogEntry> Entries);

/// <param name="Page">Null if this life of the room has ended.</param>
/// <param name="FirstTaken">Where in the page the appended entries begin; null if they were not taken.</param>
internal readonly record struct LogAnswer(LogPage? Page, int? FirstTaken = null);
