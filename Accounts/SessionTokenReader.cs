using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.Extensions.Options;
using RoomChat.Rooms;

namespace RoomChat.Accounts;

public sealed class SessionTokenReader(
    IOptionsMonitor<BearerTokenOptions> options, Sessions sessions, TimeProvider time)
{
    private BearerTokenOptions Options => options.Get(BearerTokenDefaults.AuthenticationScheme);

    public Session? ReadAccessToken(string? token) => Read(Options.BearerTokenProtector, token);

    public Session? ReadRefreshToken(string? token) => Read(Options.RefreshTokenProtector, token);

    /// <summary>False if the token is invalid; null is a guest.</summary>
    public bool TryIdentify(string? token, ClaimsPrincipal? browser, out AccountIdentity? account)
    {
        var session = token is null ? sessions.Recognize(browser) : ReadAccessToken(token);
        account = session is null ? null : new AccountIdentity(session.Account.Name, session.Id);
        return token is null || session is not null;
    }

    private Session? Read(ISecureDataFormat<AuthenticationTicket> protector, string? token) =>
        token is not null && protector.Unprotect(token) is { } ticket && ticket.Properties.ExpiresUtc > time.GetUtcNow()
            ? sessions.Recognize(ticket.Principal)
            : null;
}
