using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.Extensions.Options;
using RoomChat.Rooms;

namespace RoomChat.Accounts;

/// <summary>Who asks; without an account, a guest.</summary>
public readonly record struct Caller(AccountIdentity? Account);

public sealed class SessionTokenReader(
    IOptionsMonitor<BearerTokenOptions> options, Sessions sessions, Lobby lobby, TimeProvider time)
{
    private BearerTokenOptions Options => options.Get(BearerTokenDefaults.AuthenticationScheme);

    public ValueTask<Outcome<Session>> ReadAccessTokenAsync(string? token) =>
        ReadAsync(Options.BearerTokenProtector, token, sessions.RecognizeAsync);

    /// <summary>A refresh token counts once.</summary>
    public ValueTask<Outcome<Session>> RefreshAsync(string? token) =>
        ReadAsync(Options.RefreshTokenProtector, token, sessions.RefreshAsync);

    /// <summary>An invalid token is refused, but whoever is not signed in with a browser is a guest.</summary>
    public async ValueTask<Outcome<Caller>> IdentifyAsync(string? token, ClaimsPrincipal? browser)
    {
        var outcome = await (token is null ? sessions.RecognizeAsync(browser) : ReadAccessTokenAsync(token));
        if (outcome.TryGet(out var session, out var refusal))
            return new Caller(new AccountIdentity(session.Account.Name, session.Id));
        return token is null && refusal.Reason == Reason.NotSignedIn ? new Caller() : refusal;
    }

    private ValueTask<Outcome<Session>> ReadAsync(
        ISecureDataFormat<AuthenticationTicket> protector, string? token,
        Func<ClaimsPrincipal, ValueTask<Outcome<Session>>> recognize)
    {
        if (token is null) return new(Reason.NotSignedIn);
        // Its key may be among those that cannot be read now.
        if (protector.Unprotect(token) is not { } ticket)
            return new(lobby.IsReady ? Reason.NotSignedIn : Refusal.Unavailable);
        return ticket.Properties.ExpiresUtc > time.GetUtcNow()
            ? recognize(ticket.Principal)
            : new(Reason.NotSignedIn);
    }
}
