using RoomChat.Rooms;

namespace RoomChat.Hubs;

/// <summary>As a join, with the token of whoever joins as its account and has no cookie.</summary>
internal sealed record JoinCall(
    string? Room = null, string? Name = null, string? Seat = null, string? Epoch = null, long? After = null, string? Token = null)
{
    /// <summary>SignalR logs what it is called with, and this holds secrets.</summary>
    public override string ToString() => nameof(JoinCall);

    public JoinRequest By(Owner? owner) => new(Room, Name, Seat, Epoch, After, owner);
}

internal sealed record DirectCall(string? With = null, string? Token = null)
{
    public override string ToString() => nameof(DirectCall);
}
