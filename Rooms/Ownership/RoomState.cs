namespace RoomChat.Rooms;

/// <summary>What holds for the room as a whole. An entry of the log that changes it carries all of it.</summary>
internal sealed record RoomState
{
    public static RoomState New { get; } = new();

    /// <summary>The number of the last newcomer; none is given twice.</summary>
    public int LastWho { get; init; }

    /// <summary>Null in a direct chat, and before anybody has joined.</summary>
    public Owner? Owner { get; init; }

    public bool IsLocked { get; init; }

    /// <summary>The hash of it.</summary>
    public string? Passphrase { get; init; }

    /// <summary>Of the key of a sealed room, once somebody has joined.</summary>
    public string? KeyCheck { get; init; }

    public string? Title { get; init; }

    public DateTimeOffset? EndsAt { get; init; }

    public RoomInfo ToInfo(bool isSealed) =>
        new(Owner?.Who, Title, IsLocked ? true : null, EndsAt, isSealed ? true : null);

    public bool IsOwnedBy(Member member) => Owner?.Who == member.Who;

    /// <summary>The lock falls with the last seat.</summary>
    public RoomState Without(Member leaver, DateTimeOffset ownerUntil, bool isEmpty) => this with
    {
        Owner = IsOwnedBy(leaver) ? Owner! with { Until = ownerUntil } : Owner,
        IsLocked = IsLocked && !isEmpty,
    };
}

/// <param name="SeatHash">Whoever shows this seat gets the right back, even once the seat has been given up.</param>
/// <param name="Until">How long the right of an owner who is gone waits; null while the owner is in the room.</param>
internal sealed record Owner(int Who, string Name, string SeatHash, DateTimeOffset? Until = null)
{
    public static Owner Of(Member member) => new(member.Who, member.Name.Shown, member.SeatHash);
}

/// <param name="Owner">The number of the member who owns the room.</param>
public sealed record RoomInfo(
    int? Owner = null, string? Title = null, bool? Locked = null, DateTimeOffset? EndsAt = null, bool? Sealed = null);
