namespace RoomChat.Rooms;

/// <summary>Who wants in. Without a valid name only a seat or an account can be come back to.</summary>
/// <param name="Name">The name asked for, already resolved by <see cref="Room.NameFor"/>.</param>
/// <param name="Epoch">The life of the room in which <paramref name="After"/> counts.</param>
public sealed record JoinRequest(
    Name? Name, string? Seat = null, string? Epoch = null, long? After = null, AccountIdentity? Account = null)
{
    /// <summary>An account that asks for another name is a guest under it.</summary>
    internal AccountIdentity? AccountFor(Name name) => Account?.Name.Key == name.Key ? Account : null;
}

public sealed record RosterEntry(string Name, DateTimeOffset Since, bool? Registered = null)
{
    internal static RosterEntry Of(Member member) =>
        new(member.Name.Shown, member.Since, member.IsRegistered ? true : null);
}

/// <param name="Seq">The roster is as of this event; later ones change it.</param>
public sealed record Joined(Member Member, long Seq, IReadOnlyList<RosterEntry> Users, bool HasGap, bool HasMore);
