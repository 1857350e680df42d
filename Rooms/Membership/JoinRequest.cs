namespace RoomChat.Rooms;

/// <summary>Without a valid name, only a seat or an account can be returned to.</summary>
/// <param name="Passphrase">The hash that the given one matches, or else empty; null if none was given.</param>
/// <param name="KeyCheck">Of the key of a sealed room.</param>
/// <param name="Epoch">The life of the room that <paramref name="After"/> counts in.</param>
public sealed record JoinRequest(
    Name? Name, string? Seat = null, string? Epoch = null, long? After = null, AccountIdentity? Account = null,
    string? Passphrase = null, string? KeyCheck = null)
{
    /// <summary>Else it is somebody new.</summary>
    public bool MayReturn(Member? current) => Seat is not null || Account is not null || current is not null;

    /// <summary>An account that asks for another name joins as a guest.</summary>
    internal AccountIdentity? AccountFor(Name name) => Account?.Name.Key == name.Key ? Account : null;
}

public sealed record RosterEntry(int Who, string Name, DateTimeOffset Since, bool? Registered = null)
{
    internal static RosterEntry Of(Member member) =>
        new(member.Who, member.Name.Shown, member.Since, member.IsRegistered ? true : null);
}

/// <param name="Bytes">Of what is sent to the member before anything new is said.</param>
public sealed record Joined(
    Member Member, long Seq, RoomInfo Room, IReadOnlyList<RosterEntry> Users, bool HasGap, bool HasMore, long Bytes);
