using System.Collections.Immutable;
using System.Security.Cryptography;
using RoomChat.Rooms;

namespace RoomChat.Accounts;

/// <summary>As it is at one moment: whoever changes it makes another.</summary>
public sealed record Account(Name Name, string PasswordHash)
{
    /// <summary>Above this many, every session is closed, so that they stay bounded.</summary>
    private const int MaxClosed = 100;

    /// <summary>Above this many, the one that was unused for longest is forgotten, those of programs first.</summary>
    private const int MaxOpen = 50;

    /// <summary>To the minute. Null of an account that an earlier version has kept, until it is seen.</summary>
    public DateTimeOffset? Used { get; init; }

    /// <summary>Renewed with the password. The sessions of an earlier epoch have ended.</summary>
    public string Epoch { get; init; } = RandomNumberGenerator.GetHexString(12, lowercase: true);

    /// <summary>The session that changed the password, which goes on.</summary>
    public string? Kept { get; init; }

    /// <summary>Sessions that are recognized.</summary>
    public ImmutableDictionary<string, SessionRecord> Open { get; init; } =
        ImmutableDictionary<string, SessionRecord>.Empty;

    /// <summary>Sessions of this epoch that were ended, and when they expire anyway.</summary>
    public ImmutableDictionary<string, DateTimeOffset> Closed { get; init; } =
        ImmutableDictionary<string, DateTimeOffset>.Empty;

    public string NewSession() => $"{Epoch}-{RandomNumberGenerator.GetHexString(32, lowercase: true)}";

    /// <summary>Not by its session having expired, since whoever has a seat needs no session.</summary>
    public bool HasEnded(AccountIdentity member) =>
        member.Name.Key == Name.Key
        && (Closed.ContainsKey(member.Session)
            || (member.Session != Kept && !member.Session.StartsWith($"{Epoch}-", StringComparison.Ordinal)));

    public bool EndsMoreThan(Account before) => Epoch != before.Epoch || Closed != before.Closed;

    public Account Begin(string session, SessionRecord record)
    {
        var open = Open.RemoveRange(from known in Open where known.Value.Expires <= record.Begun select known.Key);
        if (open.Count >= MaxOpen)
            open = open.Remove(open.MaxBy(known => (known.Value.Kind, Age: record.Begun - known.Value.Used)).Key);
        return this with { Used = record.Used, Open = open.SetItem(session, record) };
    }

    public Account Update(string session, DateTimeOffset now, Func<SessionRecord, SessionRecord> update) =>
        Open.TryGetValue(session, out var record)
            ? this with { Used = now, Open = Open.SetItem(session, update(record)) }
            : this;

    public Account ChangePassword(string hash, string session) =>
        new(Name, hash)
        {
            Used = Used,
            Kept = session,
            Open = Open.RemoveRange(Open.Keys.Where(other => other != session)),
        };

    public Account CloseAll() => new(Name, PasswordHash) { Used = Used };

    public Account Close(string session, DateTimeOffset now, DateTimeOffset expires)
    {
        var closed = Closed.RemoveRange(from known in Closed where known.Value <= now select known.Key)
            .SetItem(session, expires);
        return closed.Count > MaxClosed
            ? CloseAll()
            : this with { Open = Open.Remove(session), Closed = closed };
    }
}
