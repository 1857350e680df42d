using System.Security.Claims;

namespace RoomChat.Accounts;

/// <summary>What a cookie or a token says.</summary>
public sealed record SessionClaims(string Name, string Session)
{
    public static SessionClaims Begin(Account account) => new(account.Name.Shown, account.NewSession());

    public static SessionClaims Continue(Session session) => new(session.Account.Name.Shown, session.Id);

    public ClaimsPrincipal ToPrincipal() => new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, Name), new(ClaimTypes.Sid, Session)], nameof(RoomChat)));

    public static SessionClaims? From(ClaimsPrincipal? principal) =>
        principal?.FindFirstValue(ClaimTypes.NameIdentifier) is { } name
        && principal.FindFirstValue(ClaimTypes.Sid) is { } session
            ? new SessionClaims(name, session)
            : null;
}
