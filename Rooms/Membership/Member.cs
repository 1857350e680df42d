namespace RoomChat.Rooms;

public sealed class Member
{
    internal Member(Room room, string seatHash, RosterRow row) =>
        (Room, SeatHash, Row) = (room, seatHash, row);

    public Room Room { get; }
    public int Who => Row.Who;
    public Name Name => Row.Name;
    public DateTimeOffset Since => Row.Since;
    internal AccountIdentity? Account => Row.Account;

    /// <summary>The secret, once its holder has shown it to this server.</summary>
    public string Seat { get; internal set; } = "";

    internal string SeatHash { get; set; }

    /// <summary>To any server.</summary>
    internal bool IsConnected => Row.IsConnected;

    /// <summary>True if the name belongs to an account, and this is its owner.</summary>
    public bool IsRegistered => Account is not null;

    // Guarded by the room's lock. The last two belong to DeliveryRounds, the others to Membership and SeatExpiry.
    internal RosterRow Row;
    internal TimeSpan? SeatExpiresAt, AbsentSince;
    internal TimeSpan LastRequestAt;
    internal TokenBucket Messages, ConnectionLines;
    internal FloodBackoff Floods;
    internal int HiddenLines;
    internal Place? Place;
    internal LongPoll? Poll;

    /// <summary>The last seq that was read by request.</summary>
    internal long Read;

    /// <summary>The last seq shown to somebody who looked; null if the member does not tell.</summary>
    internal long? Seen;

    internal IEnumerable<IReader> Readers => new IReader?[] { Place?.Reader, Poll }.OfType<IReader>();
}
