using System.Security.Cryptography;

namespace RoomChat.Rooms;

/// <summary>A person in a room: a name, and the secret seat that whoever comes back shows to be that person.</summary>
public sealed class Member
{
    internal Member(Room room, Name name, DateTimeOffset since, Owner? owner) => (Room, Name, Since, Owner) = (room, name, since, owner);

    public Room Room { get; }
    public Name Name { get; }
    public DateTimeOffset Since { get; }

    /// <summary>The name is an account's, and this is its owner.</summary>
    public bool IsRegistered => Owner is not null;

    public string Seat { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    // Guarded by the room's lock.
    internal Owner? Owner;
    internal Place? Place;
    internal Poll? Poll;            // while it is held, somebody is here
    internal TimeSpan? GoneAt;      // when the seat is given up, unless somebody comes back for it
    internal TimeSpan AskedAt;      // when a request last showed the seat
    internal TokenBucket Messages;
}
