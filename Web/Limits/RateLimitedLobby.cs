using System.Net;
using Microsoft.AspNetCore.Identity;
using RoomChat.Rooms;

namespace RoomChat.Web;

/// <summary>The lobby for the doorways: parses input, and limits creation, joins and guesses by address.</summary>
public sealed class RateLimitedLobby(Lobby lobby, PasswordHashing passwords, Limits limits, TimeProvider time)
{
    private readonly ClientRateLimiter _rooms = new(time, limits.RoomsPerMinute);
    private readonly ClientRateLimiter _joins = new(time, limits.JoinsPerMinute);
    private readonly ResendLimiter _resends = new(time, limits.ResentBytesPerMinute);
    private readonly NetworkShare<Code> _share =
        new(limits.RoomsPerMinute == 0 ? 0 : limits.Rooms, code => !lobby.Has(code));
    private readonly GuessLimiter _guesses = new(time, limits.GuessesPerMinute);
    private readonly PassphraseGuessLimiter _passphrases = new(time, limits.GuessesPerMinute);

    public async ValueTask<Outcome<Room>> CreateAsync(IPAddress client, bool isSealed = false)
    {
        if (LimitRooms(client) is { } limited) return limited;
        var outcome = await lobby.CreateAsync(isSealed);
        if (outcome.TryGet(out var room, out _)) _share.Add(room.Code, client);
        return outcome;
    }

    public ValueTask<Outcome<Room>> FindAsync(IPAddress client, string? typed, Name? account = null) =>
        Code.TryParse(typed, out var code) ? FindAsync(client, code, account) : new(Reason.RoomNotFound);

    public async ValueTask<Outcome<(Room Room, bool IsNew)>> ReopenAsync(
        IPAddress client, string? typed, Name? account = null, bool isSealed = false)
    {
        if (typed is null) return Reason.BadRequest;
        if (!Code.TryParse(typed, out var code)) return Reason.RoomNotFound;

        var found = await FindAsync(client, code, account);
        if (!found.TryGet(out _, out var refusal) && refusal.Reason != Reason.RoomNotFound) return refusal;
        if (refusal is not null && LimitRooms(client) is { } limited) return limited;
        var outcome = await lobby.ReopenAsync(code, account, isSealed);
        if (outcome.TryGet(out var opened, out _) && opened.IsNew) _share.Add(opened.Room.Code, client);
        return outcome;
    }

    public async ValueTask<Outcome<Room>> OpenDirectAsync(IPAddress client, Name from, Name with)
    {
        var isNew = await lobby.FindDirectAsync(from, with) is null;
        if (isNew && LimitRooms(client) is { } limited) return limited;
        var outcome = await lobby.OpenDirectAsync(from, with);
        if (isNew && outcome.TryGet(out var room, out _)) _share.Add(room.Code, client);
        return outcome;
    }

    public async ValueTask<Outcome<Joined>> JoinAsync(
        IPAddress client, JoinRoomRequest request, AccountIdentity? account,
        IReader? reader = null, Member? current = null)
    {
        if (lobby.IsStopping) return Reason.Stopping;
        if (request.Room is null || request.After < 0) return Reason.BadRequest;
        if (!Code.TryParse(request.Room, out var code)) return Reason.RoomNotFound;

        var found = await lobby.FindAsync(code);
        found.TryGet(out var room, out var refusal);
        var name = room?.NameFor(account, request.Name);
        var join = new JoinRequest(
            name, request.Seat, request.Epoch, request.After, account,
            Passphrase: request.Passphrase is null ? null : "", request.Check);
        if (room is not null && await ReturnAsync(client, room, join, reader, current) is { } back) return back;

        if (!LimitGuesses(client, code, found, account?.Name).TryGet(out room, out refusal)) return refusal;
        if (_joins.TryTake(client) is { } limited) return limited;
        if (request.Passphrase is { } given && room.PassphraseHash is { } hash)
        {
            var verified = await VerifyAsync(client, code, hash, given);
            if (!verified.TryGet(out var result, out refusal)) return refusal;
            if (result != PasswordVerificationResult.Failed) join = join with { Passphrase = hash };
        }
        return await lobby.JoinAsync(room, join, reader, current);
    }

    /// <summary>Held while there is nothing after the place.</summary>
    public async Task<Outcome<EventPage>> ReadAsync(
        IPAddress client, Member member, long? after, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (_resends.TryTake(client, member.Seat) is { } limited) return limited;
        var outcome = await member.Room.ReadAsync(member, after, wait, cancellationToken);
        if (outcome.TryGet(out var page, out _)) _resends.Charge(client, member.Seat, page.BytesAgain);
        return outcome;
    }

    public ValueTask<Outcome<Done>> SetPassphraseAsync(IPAddress client, Member owner, string? passphrase) =>
        owner.Room.SetPassphraseAsync(owner, passphrase, given => passwords.HashAsync(given, client));

    /// <summary>Never limits a live seat; anybody else must not learn whether the room exists.</summary>
    public async ValueTask<Outcome<Member>> RecognizeAsync(IPAddress client, string? typed, string? seat)
    {
        if (!Code.TryParse(typed, out var code)) return Reason.RoomNotFound;
        var found = await lobby.FindAsync(code);
        var outcome = found.TryGet(out var room, out var refusal) ? await room.RecognizeAsync(seat) : refusal;
        return !outcome.IsSuccess && !LimitGuesses(client, code, found, account: null).TryGet(out _, out refusal)
            && refusal.Reason == Reason.RateLimited ? refusal : outcome;
    }

    private async ValueTask<Outcome<Joined>?> ReturnAsync(
        IPAddress client, Room room, JoinRequest request, IReader? reader, Member? current)
    {
        if (!request.MayReturn(current)) return null;
        if (_resends.TryTake(client, request.Seat ?? current?.Seat) is { } limited) return (Outcome<Joined>)limited;
        var returned = await lobby.ReturnAsync(room, request, reader, current);
        if (returned?.TryGet(out var joined, out _) == true) _resends.Charge(client, joined.Member.Seat, joined.Bytes);
        return returned;
    }

    private Refusal? LimitRooms(IPAddress client) => _rooms.TryTake(client) ?? _share.Check(client);

    private async ValueTask<Outcome<PasswordVerificationResult>> VerifyAsync(
        IPAddress client, Code code, string hash, string passphrase)
    {
        if (_passphrases.TryTake(client, code) is { } limited) return limited;
        var verified = await passwords.VerifyAsync(hash, passphrase, client);
        if (!verified.TryGet(out var result, out _) || result != PasswordVerificationResult.Failed)
            _passphrases.GiveBack(client, code);
        return verified;
    }

    private async ValueTask<Outcome<Room>> FindAsync(IPAddress client, Code code, Name? account) =>
        LimitGuesses(client, code, await lobby.FindAsync(code), account);

    private Outcome<Room> LimitGuesses(IPAddress client, Code code, Outcome<Room> found, Name? account)
    {
        var outcome = Lobby.Admitted(found, account);
        var isGuess = !outcome.TryGet(out _, out var refusal) && refusal.Reason == Reason.RoomNotFound;
        return _guesses.TryTake(client, code, isGuess) is { } limited ? limited : outcome;
    }
}
