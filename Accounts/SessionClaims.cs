using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;

namespace RoomChat.Accounts;

/// <summary>Enough to restore the account after a restart or on another server with the same keys.</summary>
public sealed record SessionClaims(string AccountId, string Name, PasswordVersion Password, string Session)
{
    private const string Hash = "hash", Version = "version";

    public static SessionClaims Begin(Account account) =>
        Of(account, RandomNumberGenerator.GetHexString(32, lowercase: true));

    public static SessionClaims Continue(Session session) => Of(session.Account, session.Id);

    public ClaimsPrincipal ToPrincipal() => new(new ClaimsIdentity(
    [
        new(ClaimTypes.NameIdentifier, AccountId),
        new(ClaimTypes.Name, Name),
        new(ClaimTypes.Sid, Session),
        new(Hash, Password.Hash),
        new(Version, Password.Version.ToString(CultureInfo.InvariantCulture)),
    ], nameof(RoomChat)));

    public static SessionClaims? From(ClaimsPrincipal? principal)
    {
        string? Claim(string type) => principal?.FindFirstValue(type);
        return Claim(ClaimTypes.NameIdentifier) is { } id && Claim(ClaimTypes.Name) is { } name
            && Claim(ClaimTypes.Sid) is { } session && Claim(Hash) is { } hash
            && int.TryParse(Claim(Version), CultureInfo.InvariantCulture, out var version)
                ? new SessionClaims(id, name, new PasswordVersion(hash, version), session)
                : null;
    }

    private static SessionClaims Of(Account account, string session) =>
        new(account.Id, account.Name.Shown, account.Password, session);
}
