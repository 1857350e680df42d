using System.Security.Cryptography;

namespace RoomChat.Rooms;

public sealed class Member
{
    internal Member(Room room, Name name, DateTimeOffset since, AccountIdentity? account) =>
        (Room, Name, Since, Account) = (room, name, since, account);

    public Room Room { get; }
    public Name Name { get; }
    public DateTimeOffset Since { get; }
    public string Seat { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>True if the name belongs to an account, and this is its owner.</summary>
    public bool IsRegistered => Account is not null;

    // Guarded by the room's lock. The last two belong to DeliveryRounds, the others to Membership and SeatExpiry.
    internal AccountIdentity? Account;
    internal TimeSpan? SeatExpiresAt;
    internal TimeSpan LastRequestAt;
    internal TokenBucket Messages;
    internal Place? Place;
    internal LongPoll? Poll;

    internal IEnumerable<IReader> Readers => new IReader?[] { Place?.Reader, Poll }.OfType<IReader>();
}
