using System.Net;
using RoomChat.Rooms;

namespace RoomChat.Web;

/// <summary>
/// Every way to a room leads past it, by hub, page or HTTP: it counts by address who makes rooms, who joins and who guesses codes.
/// Whoever is in a room already comes and goes uncounted.
/// </summary>
public sealed class Doorkeeper(Lobby lobby, Limits limits, TimeProvider time)
{
    private readonly Buckets<IPAddress> _rooms = new(time, limits.RoomsPerMinute), _joins = new(time, limits.JoinsPerMinute);
    private readonly Guesses _guesses = new(time, limits.GuessesPerMinute);

    public Outcome<Room> Create(IPAddress from) => _rooms.Limit(from) is { } limited ? limited : lobby.Create();

    public Outcome<Room> Find(IPAddress from, string? typed, Name? account = null) =>
        Guess(from, typed, account, out _) is { } limited ? limited : lobby.Find(typed, account);

    public Outcome<Room> Reopen(IPAddress from, string? typed, Name? account, out bool made)
    {
        made = false;
        if (Guess(from, typed, account, out var isDead) is { } limited) return limited;
        return isDead && _rooms.Limit(from) is { } tooMany ? tooMany : lobby.Reopen(typed, account, out made);
    }

    public Outcome<Room> OpenDirect(IPAddress from, Name asked, Name with) =>
        lobby.FindDirect(asked, with) is null && _rooms.Limit(from) is { } limited ? limited : lobby.OpenDirect(asked, with);

    public Outcome<Joined> Join(IPAddress from, JoinRequest request, IReader? reader = null, Member? current = null)
    {
        if (lobby.IsReturn(request, current)) return lobby.Join(request, reader, current);
        if (Guess(from, request.Room, request.Owner?.Name, out var isDead) is { } limited) return limited;
        return !isDead && _joins.Limit(from) is { } tooMany ? tooMany : lobby.Join(request, reader, current);
    }

    /// <summary>Whoever shows a live seat may ask on; of any other, the answer would tell whether there is such a room.</summary>
    public Outcome<Member> Recognize(IPAddress from, string? typed, string? seat)
    {
        var outcome = lobby.Recognize(typed, seat);
        return !outcome.Granted(out _, out _) && Guess(from, typed, null, out _) is { } limited ? limited : outcome;
    }

    private Refusal? Guess(IPAddress from, string? typed, Name? account, out bool isDead)
    {
        isDead = false;
        if (!Code.TryParse(typed, out var code)) return null;       // that there is no such room is plain
        isDead = !lobby.Find(typed, account).Granted(out _, out _);
        return _guesses.Limit(from, code, lives: !isDead);
    }
}
