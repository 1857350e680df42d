using System.Security.Cryptography;

namespace RoomChat.Rooms;

/// <summary>A person in a room, and the secret seat by which they come back.</summary>
public sealed class Member
{
    internal Member(Room room, Name name, DateTimeOffset since, AccountIdentity? account) =>
        (Room, Name, Since, Account) = (room, name, since, account);

    public Room Room { get; }
    public Name Name { get; }
    public DateTimeOffset Since { get; }
    public string Seat { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>True where the name belongs to an account, and this is its holder.</summary>
    public bool IsRegistered => Account is not null;

    // Guarded by the room's lock. The first four belong to Membership, the others to Delivery.
    internal AccountIdentity? Account;
    internal TimeSpan? LeavesAt;        // unless the member comes back before
    internal TimeSpan LastRequestAt;
    internal TokenBucket Messages;
    internal Place? Place;
    internal LongPoll? Poll;

    internal IEnumerable<IReader> Readers => new IReader?[] { Place?.Reader, Poll }.OfType<IReader>();
}
