using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;

namespace RoomChat.Accounts;

/// <summary>
/// What a cookie or a token holds, sealed. It is enough to know the account again on a server that has not seen it:
/// the same one after a restart, or another with the same keys.
/// </summary>
public sealed record Ticket(string Id, string Name, Secret Secret, string Session)
{
    private const string Hash = "hash", Version = "version";

    public static Ticket Of(Account account, string? session = null) =>
        new(account.Id, account.Name.Shown, account.Secret, session ?? RandomNumberGenerator.GetHexString(32, lowercase: true));

    public ClaimsPrincipal ToPrincipal() => new(new ClaimsIdentity(
    [
        new(ClaimTypes.NameIdentifier, Id),
        new(ClaimTypes.Name, Name),
        new(ClaimTypes.Sid, Session),
        new(Hash, Secret.Hash),
        new(Version, Secret.Version.ToString(CultureInfo.InvariantCulture)),
    ], nameof(RoomChat)));

    public static Ticket? From(ClaimsPrincipal? principal)
    {
        string? Claim(string type) => principal?.FindFirstValue(type);
        return Claim(ClaimTypes.NameIdentifier) is { } id && Claim(ClaimTypes.Name) is { } name && Claim(ClaimTypes.Sid) is { } session
            && Claim(Hash) is { } hash && int.TryParse(Claim(Version), CultureInfo.InvariantCulture, out var version)
                ? new Ticket(id, name, new Secret(hash, version), session)
                : null;
    }
}
