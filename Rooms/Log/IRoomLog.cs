namespace RoomChat.Rooms;

/// <summary>Orders what is appended to a room. The room folds what the log took, and only that.</summary>
internal interface IRoomLog
{
    /// <summary>
    /// Takes the entries unless the roster or, for an amendment, what was amended has changed since
    /// <paramref name="fences"/> or, for an exact one, anything has been appended since <paramref name="head"/>.
    /// Does not fail, but lasts while the log is away. Synchronous in memory.
    /// </summary>
    /// <param name="keepFrom">What precedes this seq need not be kept.</param>
    ValueTask<LogAnswer> AppendAsync(
        LogHead head, LogFences fences, IReadOnlyList<LogEntry> entries, long keepFrom);

    ValueTask<LogAnswer> ReadAsync(LogHead after, bool hasMembers);
}

/// <summary>What follows a place, which is after the one that was asked for if the log keeps no more.</summary>
internal sealed record LogPage(LogHead After, IReadOnlyList<LogEntry> Entries);

/// <param name="Page">Null if this life of the room has ended.</param>
/// <param name="FirstTaken">Where in the page the appended entries begin; null if they were not taken.</param>
/// <param name="Loss">Instead of an answer, which follows once the log has what it has lost.</param>
internal readonly record struct LogAnswer(LogPage? Page, int? FirstTaken = null, LogLoss? Loss = null);

/// <param name="Kept">The last entry that the log still has.</param>
/// <param name="RecoverAsync">
/// Given what followed it; null if that is not known here, and then this life of the room ends unless another server
/// knows it.
/// </param>
internal sealed record LogLoss(
    LogHead Kept, Func<IReadOnlyList<LogEntry>?, ValueTask<LogAnswer>> RecoverAsync);
