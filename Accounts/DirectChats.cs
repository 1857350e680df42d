using System.Net;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Accounts;

public sealed record DirectChat(string Room, string With, string Asked, int Members, int Unread);

public sealed class DirectChats(Authenticator authenticator, Lobby lobby, RateLimitedLobby limitedLobby)
{
    public async ValueTask<Outcome<Room>> OpenAsync(Name? from, string? with, IPAddress client)
    {
        if (from is null) return Reason.NotSignedIn;
        if (with is null) return Reason.BadRequest;
        if (!(await authenticator.FindAsync(with)).TryGet(out var other, out var refusal)) return refusal;
        return other.Name.Key != from.Key
            ? await limitedLobby.OpenDirectAsync(client, from, other.Name)
            : Reason.AccountNotFound;
    }

    public async ValueTask<IReadOnlyList<DirectChat>> OfAsync(Name account) =>
        [.. from room in await lobby.DirectChatsOfAsync(account)
            orderby room.CreatedAt descending
            select Describe(room, account)];

    private static DirectChat Describe(Room room, Name account) =>
        new($"{room.Code}", room.Pair!.OtherThan(account).Shown, room.Pair.Inviter.Shown, room.Members,
            room.UnreadBy(account));
}
