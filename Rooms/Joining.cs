namespace RoomChat.Rooms;

/// <summary>
/// Who wants in: somebody new under a name, or somebody coming back to a seat, having seen everything up to a place.
/// Whoever has an account has shown it before.
/// </summary>
public sealed record JoinRequest(
    string? Room, string? Name, string? Seat = null, string? Epoch = null, long? After = null, Owner? Owner = null);

/// <summary>One row of the roster.</summary>
public sealed record Present(string Name, DateTimeOffset Since, bool? Registered = null);

/// <summary>In. The roster is as of the sequence number; events after it change it. More follows at once, where there is more.</summary>
public sealed record Joined(Member Member, long Seq, IReadOnlyList<Present> Users, bool Gap, bool More);
