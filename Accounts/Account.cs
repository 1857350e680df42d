using System.Collections.Immutable;
using System.Security.Cryptography;
using RoomChat.Rooms;

namespace RoomChat.Accounts;

/// <summary>As it is at one moment: whoever changes it makes another.</summary>
public sealed record Account(Name Name, string PasswordHash)
{
    /// <summary>Above this many, every session is closed, so that they stay bounded.</summary>
    private const int MaxClosed = 100;

    /// <summary>Renewed with the password. The sessions of an earlier epoch have ended.</summary>
    public string Epoch { get; init; } = RandomNumberGenerator.GetHexString(12, lowercase: true);

    /// <summary>The session that changed the password, which goes on.</summary>
    public string? Kept { get; init; }

    /// <summary>Sessions of this epoch, and when they expire anyway.</summary>
    public ImmutableDictionary<string, DateTimeOffset> Closed { get; init; } =
        ImmutableDictionary<string, DateTimeOffset>.Empty;

    public string NewSession() => $"{Epoch}-{RandomNumberGenerator.GetHexString(32, lowercase: true)}";

    public bool Accepts(string session) =>
        !Closed.ContainsKey(session) && (session == Kept || session.StartsWith($"{Epoch}-", StringComparison.Ordinal));

    public bool HasEnded(AccountIdentity member) => member.Name.Key == Name.Key && !Accepts(member.Session);

    public Account ChangePassword(string hash, string session) =>
        new(Name, hash) { Kept = session };

    public Account Close(string session, DateTimeOffset now, DateTimeOffset expires)
    {
        var closed = Closed.RemoveRange(from known in Closed where known.Value <= now select known.Key)
            .SetItem(session, expires);
        return closed.Count > MaxClosed ? new Account(Name, PasswordHash) : this with { Closed = closed };
    }
}
