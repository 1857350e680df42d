using System.Globalization;
using System.Security.Claims;

namespace RoomChat.Accounts;

/// <summary>What a cookie or a token says.</summary>
/// <param name="Refreshes">How often the tokens of the session had been renewed.</param>
public sealed record SessionClaims(string Name, string Session, int Refreshes = 0)
{
    public static SessionClaims Of(Session session) =>
        new(session.Account.Name.Shown, session.Id, session.Record.Refreshes);

    public ClaimsPrincipal ToPrincipal() => new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, Name), new(ClaimTypes.Sid, Session),
            new(ClaimTypes.Version, Refreshes.ToString(CultureInfo.InvariantCulture)),
        ],
        nameof(RoomChat)));

    public static SessionClaims? From(ClaimsPrincipal? principal) =>
        principal?.FindFirstValue(ClaimTypes.NameIdentifier) is { } name
        && principal.FindFirstValue(ClaimTypes.Sid) is { } session
        && int.TryParse(
            principal.FindFirstValue(ClaimTypes.Version), CultureInfo.InvariantCulture, out var refreshes)
            ? new SessionClaims(name, session, refreshes)
            : null;
}
