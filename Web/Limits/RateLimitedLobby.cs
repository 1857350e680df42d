using System.Net;
using RoomChat.Rooms;

namespace RoomChat.Web;

/// <summary>The lobby for the doorways: parses input, and limits creation, joins and guesses by address.</summary>
public sealed class RateLimitedLobby(Lobby lobby, Limits limits, TimeProvider time)
{
    private readonly KeyedRateLimiter<IPAddress> _rooms = new(time, limits.RoomsPerMinute);
    private readonly KeyedRateLimiter<IPAddress> _joins = new(time, limits.JoinsPerMinute);
    private readonly GuessLimiter _guesses = new(time, limits.GuessesPerMinute);

    public Outcome<Room> Create(IPAddress client) => _rooms.TryTake(client) is { } limited ? limited : lobby.Create();

    public Outcome<Room> Find(IPAddress client, string? typed, Name? account = null) =>
        !Code.TryParse(typed, out var code) ? Reason.RoomNotFound : Find(client, code, account);

    public Outcome<(Room Room, bool IsNew)> Reopen(IPAddress client, string? typed, Name? account = null)
    {
        if (typed is null) return Reason.BadRequest;
        if (!Code.TryParse(typed, out var code)) return Reason.RoomNotFound;

        var isLive = lobby.Find(code, account) is not null;
        if (_guesses.TryTake(client, code, isLive) is { } limited) return limited;
        return !isLive && _rooms.TryTake(client) is { } tooMany ? tooMany : lobby.Reopen(code, account);
    }

    public Outcome<Room> OpenDirect(IPAddress client, Name from, Name with) =>
        lobby.FindDirect(from, with) is null && _rooms.TryTake(client) is { } limited
            ? limited
            : lobby.OpenDirect(from, with);

    public Outcome<Joined> Join(
        IPAddress client, JoinRoomRequest request, AccountIdentity? account,
        IReader? reader = null, Member? current = null)
    {
        if (lobby.IsStopping) return Reason.Stopping;
        if (request.Room is null || request.After < 0) return Reason.BadRequest;
        if (!Code.TryParse(request.Room, out var code)) return Reason.RoomNotFound;

        var room = lobby.Find(code);
        var name = room?.NameFor(account, request.Name);
        var join = new JoinRequest(name, request.Seat, request.Epoch, request.After, account);
        if (room is not null && lobby.Return(room, join, reader, current) is { } returned) return returned;

        if (!Find(client, code, account?.Name).TryGet(out room, out var refusal)) return refusal;
        return _joins.TryTake(client) is { } limited ? limited : lobby.Join(room, join, reader, current);
    }

    /// <summary>Never limits a live seat; anybody else must not learn whether the room exists.</summary>
    public Outcome<Member> Recognize(IPAddress client, string? typed, string? seat)
    {
        if (!Code.TryParse(typed, out var code)) return Reason.RoomNotFound;
        var outcome = lobby.Find(code)?.Recognize(seat) ?? Reason.RoomNotFound;
        return !outcome.IsSuccess && !Find(client, code, account: null).TryGet(out _, out var refusal)
            && refusal.Reason == Reason.RateLimited ? refusal : outcome;
    }

    private Outcome<Room> Find(IPAddress client, Code code, Name? account)
    {
        var room = lobby.Find(code, account);
        return _guesses.TryTake(client, code, isLive: room is not null) is { } limited ? limited
            : room is null ? Reason.RoomNotFound
            : room;
    }
}
