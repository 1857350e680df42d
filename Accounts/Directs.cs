using System.Net;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Accounts;

/// <summary>Direct chats: rooms of two accounts, found by each other's names.</summary>
public sealed class Directs(Register register, Lobby lobby, Doorkeeper doors)
{
    public Outcome<Room> Open(Name? from, string? with, IPAddress at)
    {
        if (from is null) return Reason.NotSignedIn;
        if (with is null) return Reason.BadRequest;
        return register.Find(with) is { } other && other.Name.Key != from.Key ? doors.OpenDirect(at, from, other.Name) : Reason.AccountNotFound;
    }

    /// <summary>Those of somebody, the latest first.</summary>
    public IReadOnlyList<DirectState> Of(Name account) =>
        [.. lobby.DirectsOf(account).OrderByDescending(room => room.CreatedAt).Select(room => Shown(room, account))];

    private static DirectState Shown(Room room, Name account) =>
        new($"{room.Code}", room.Pair!.Other(account).Shown, room.Pair.Asked.Shown, room.Members);
}

/// <summary>A direct chat as one of the two sees it: with whom, who asked, and how many are in it just now.</summary>
public sealed record DirectState(string Room, string With, string Asked, int Members)
{
    internal string Words =>
        (With == Asked ? "wants to chat with you" : "you asked") + (Members > 0 ? $", {Members} there now" : "");
}
