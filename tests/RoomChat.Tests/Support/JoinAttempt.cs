using System.Net;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Tests.Support;

/// <summary>A join with unparsed arguments.</summary>
internal sealed record JoinAttempt(
    string? Room, string? Name, string? Seat = null, string? Epoch = null, long? After = null,
    AccountIdentity? Account = null);

/// <summary>Parses what a person types, as the endpoints do, but without the limits by address.</summary>
internal static class TypedLobby
{
    public static Outcome<Room> Find(this Lobby lobby, string? code, Name? account = null) =>
        Code.TryParse(code, out var parsed) && lobby.Find(parsed, account) is { } room ? room : Reason.RoomNotFound;

    public static Outcome<Room> Reopen(this Lobby lobby, string? code, Name? account = null)
    {
        if (!Code.TryParse(code, out var parsed)) return Reason.RoomNotFound;
        return lobby.Reopen(parsed, account).TryGet(out var reopened, out var refusal) ? reopened.Room : refusal;
    }

    public static Outcome<Member> Recognize(this Lobby lobby, string code, string? seat) =>
        Code.TryParse(code, out var parsed) && lobby.Find(parsed) is { } room
            ? room.Recognize(seat)
            : Reason.RoomNotFound;

    public static Outcome<Joined> Join(
        this Lobby lobby, JoinAttempt attempt, IReader? reader = null, Member? current = null) =>
        Code.TryParse(attempt.Room, out var code) && lobby.Find(code) is { } room
            ? lobby.Join(room, attempt, reader, current)
            : Reason.RoomNotFound;

    public static Outcome<Joined> Join(
        this Lobby lobby, Room room, JoinAttempt attempt, IReader? reader = null, Member? current = null)
    {
        var name = room.NameFor(attempt.Account, attempt.Name);
        var request = new JoinRequest(name, attempt.Seat, attempt.Epoch, attempt.After, attempt.Account);
        return lobby.Return(room, request, reader, current) ?? lobby.Join(room, request, reader, current);
    }

    public static Outcome<Joined> Join(
        this RateLimitedLobby lobby, IPAddress client, JoinAttempt attempt,
        IReader? reader = null, Member? current = null) =>
        lobby.Join(
            client, new JoinRoomRequest(attempt.Room, attempt.Name, attempt.Seat, attempt.Epoch, attempt.After),
            attempt.Account, reader, current);
}
