namespace RoomChat.Rooms;

/// <summary>Who wants in. Without a valid name only a seat or an account can be come back to.</summary>
/// <param name="Name">The name asked for, already resolved by <see cref="Room.NameFor"/>.</param>
/// <param name="Seat">The seat to come back to.</param>
/// <param name="Epoch">The life of the room in which <paramref name="After"/> counts.</param>
/// <param name="After">The last event seen.</param>
/// <param name="Account">The account that was proved.</param>
public sealed record JoinRequest(
    Name? Name, string? Seat = null, string? Epoch = null, long? After = null, AccountIdentity? Account = null)
{
    /// <summary>An account that asks for another name is a guest under it.</summary>
    internal AccountIdentity? AccountFor(Name name) => Account?.Name.Key == name.Key ? Account : null;
}

/// <summary>A member of the roster.</summary>
public sealed record RosterEntry(string Name, DateTimeOffset Since, bool? Registered = null)
{
    internal static RosterEntry Of(Member member) =>
        new(member.Name.Shown, member.Since, member.IsRegistered ? true : null);
}

/// <summary>The answer to a join.</summary>
/// <param name="Member">Who is in now.</param>
/// <param name="Seq">The roster is as of this event; later ones change it.</param>
/// <param name="Users">The roster.</param>
/// <param name="HasGap">Something that was missed is no longer kept.</param>
/// <param name="HasMore">Events follow at once.</param>
public sealed record Joined(Member Member, long Seq, IReadOnlyList<RosterEntry> Users, bool HasGap, bool HasMore);
