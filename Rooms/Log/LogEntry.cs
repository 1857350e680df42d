namespace RoomChat.Rooms;

/// <summary>What a room's log orders: an event, a change of the roster or of the room's state, or several.</summary>
/// <param name="By">The server that appended it; null where there is only one.</param>
/// <param name="Amended">The message that the event amends, as it is to be kept from then on.</param>
/// <param name="Token">Of the append that it came with; null where the log loses nothing.</param>
internal readonly record struct LogEntry(
    RoomEvent? Event, RosterChange? Change, RoomState? State, string? By, RoomEvent? Amended = null,
    LogPlace Place = default, string? Token = null)
{
    public LogHead Head => new(Place, Token);

    /// <summary>What is decided next depends on it.</summary>
    public bool IsFence => IsRosterFence || Amended is not null;

    public bool IsRosterFence => Change is not null || State is not null;

    /// <summary>
    /// A message from a seat that another server holds. That server may be appending the same message, so it must see
    /// this one first, and this one every earlier one.
    /// </summary>
    public bool IsExact => Change is not null && Event?.Type == EventType.Message;

    /// <summary>As the next of a log whose last entry is at this place.</summary>
    public LogEntry NumberedAfter(LogPlace last) =>
        At(Event is null ? new LogPlace(last.Seq, last.Change + 1) : new LogPlace(last.Seq + 1));

    public LogEntry At(LogPlace place) =>
        this with { Place = place, Event = Event is null ? null : Event with { Seq = place.Seq } };
}

/// <summary>The last entry of a log, or that a reader has folded. By its token it is told from another there.</summary>
internal readonly record struct LogHead(LogPlace Place, string? Token = null);

/// <summary>Changes of the roster without an event are counted after the event that they follow.</summary>
internal readonly record struct LogPlace(long Seq, int Change = 0)
{
    /// <summary>Whoever has read up to there misses nothing of a log that begins here.</summary>
    public LogPlace Previous => Change > 0 ? this with { Change = Change - 1 } : new LogPlace(Seq - 1);

    public bool IsEvent => Change == 0;

    public bool IsAfter(LogPlace other) => (Seq, Change).CompareTo((other.Seq, other.Change)) > 0;
}

/// <summary>The last entries that others may depend on: of the roster or state, and of the amendments.</summary>
internal readonly record struct LogFences(LogPlace Roster, LogPlace Amended);

/// <summary>Sets the row of a seat; without a row, the seat is given up.</summary>
/// <param name="FormerSeatHash">The seat that the member has had until now, if it gets another.</param>
internal sealed record RosterChange(string SeatHash, RosterRow? Row, string? FormerSeatHash = null);

/// <param name="Who">The number of the member in this life of the room.</param>
/// <param name="Server">The server that the member was last seen at; null where there is only one.</param>
/// <param name="IsConnected">False after a drop, and for programs that only make requests.</param>
/// <param name="IsRenamed">The member has had another name before.</param>
internal sealed record RosterRow(
    int Who, Name Name, DateTimeOffset Since, AccountIdentity? Account, string? Server, bool IsConnected,
    bool IsRenamed = false);
