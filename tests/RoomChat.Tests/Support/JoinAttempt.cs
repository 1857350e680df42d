using System.Net;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Tests.Support;

/// <summary>A join with unparsed arguments.</summary>
internal sealed record JoinAttempt(
    string? Room, string? Name, string? Seat = null, string? Epoch = null, long? After = null,
    AccountIdentity? Account = null, string? Passphrase = null);

/// <summary>Parses what a person types, as the endpoints do, but without the limits by address.</summary>
internal static class TypedLobby
{
    public static Outcome<Room> Find(this Lobby lobby, string? code, Name? account = null) =>
        Code.TryParse(code, out var parsed) ? lobby.FindAsync(parsed, account).Wait() : Reason.RoomNotFound;

    public static Room? Find(this Lobby lobby, Code code) =>
        lobby.FindAsync(code).Wait().TryGet(out var room, out _) ? room : null;

    public static Outcome<Room> Create(this Lobby lobby) => lobby.CreateAsync().Wait();

    public static Outcome<Room> OpenDirect(this Lobby lobby, Name from, Name with) =>
        lobby.OpenDirectAsync(from, with).Wait();

    public static Room? FindDirect(this Lobby lobby, Name from, Name with) => lobby.FindDirectAsync(from, with).Wait();

    public static IReadOnlyList<Room> DirectChatsOf(this Lobby lobby, Name account) =>
        lobby.DirectChatsOfAsync(account).Wait();

    public static Outcome<Room> Create(this RateLimitedLobby lobby, IPAddress client) =>
        lobby.CreateAsync(client).Wait();

    public static Outcome<Room> Find(
        this RateLimitedLobby lobby, IPAddress client, string? code, Name? account = null) =>
        lobby.FindAsync(client, code, account).Wait();

    public static Outcome<(Room Room, bool IsNew)> Reopen(
        this RateLimitedLobby lobby, IPAddress client, string? code, Name? account = null) =>
        lobby.ReopenAsync(client, code, account).Wait();

    public static Outcome<Room> OpenDirect(this RateLimitedLobby lobby, IPAddress client, Name from, Name with) =>
        lobby.OpenDirectAsync(client, from, with).Wait();

    public static Outcome<Room> Reopen(this Lobby lobby, string? code, Name? account = null)
    {
        if (!Code.TryParse(code, out var parsed)) return Reason.RoomNotFound;
        return lobby.ReopenAsync(parsed, account).Wait().TryGet(out var reopened, out var refusal)
            ? reopened.Room
            : refusal;
    }

    public static Outcome<Member> Recognize(this Lobby lobby, string code, string? seat) =>
        Code.TryParse(code, out var parsed) && lobby.Find(parsed) is { } room
            ? room.RecognizeAsync(seat).Wait()
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
        var request = new JoinRequest(
            name, attempt.Seat, attempt.Epoch, attempt.After, attempt.Account,
            attempt.Passphrase is { } given ? RoomExtensions.HashOf(given) : null);
        return lobby.ReturnAsync(room, request, reader, current).Wait()
            ?? lobby.JoinAsync(room, request, reader, current).Wait();
    }

    public static Outcome<Member> Recognize(this RateLimitedLobby lobby, IPAddress client, string code, string? seat) =>
        lobby.RecognizeAsync(client, code, seat).Wait();

    public static Outcome<Joined> Join(
        this RateLimitedLobby lobby, IPAddress client, JoinAttempt attempt,
        IReader? reader = null, Member? current = null) =>
        lobby.JoinAsync(
            client,
            new JoinRoomRequest(
                attempt.Room, attempt.Name, attempt.Seat, attempt.Epoch, attempt.After, Passphrase: attempt.Passphrase),
            attempt.Account, reader, current).Wait();
}
