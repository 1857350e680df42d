using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.Extensions.Options;
using RoomChat.Rooms;

namespace RoomChat.Accounts;

/// <summary>Reads what programs were given when they signed in.</summary>
public sealed class Tokens(IOptionsMonitor<BearerTokenOptions> bearer, Register register, TimeProvider time)
{
    private BearerTokenOptions Options => bearer.Get(BearerTokenDefaults.AuthenticationScheme);

    public Session? Access(string? token) => Read(Options.BearerTokenProtector, token);

    public Session? Refresh(string? token) => Read(Options.RefreshTokenProtector, token);

    /// <summary>
    /// Who asks: by the token that is named, or else by the browser's cookie; null for a guest.
    /// False where what is named is no token, or none any more.
    /// </summary>
    public bool Knows(string? token, ClaimsPrincipal? browser, out Owner? owner)
    {
        var session = token is null ? register.Recognize(browser) : Access(token);
        owner = session is null ? null : new Owner(session.Account.Name, session.Id);
        return token is null || session is not null;
    }

    private Session? Read(ISecureDataFormat<AuthenticationTicket> protector, string? token) =>
        token is not null && protector.Unprotect(token) is { } ticket && ticket.Properties.ExpiresUtc > time.GetUtcNow()
            ? register.Recognize(ticket.Principal)
            : null;
}
