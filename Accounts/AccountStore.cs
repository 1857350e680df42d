using System.Collections.Concurrent;
using RoomChat.Rooms;

namespace RoomChat.Accounts;

/// <summary>All accounts, one to a name. They live in memory.</summary>
public sealed class AccountStore(AccountSettings settings) : IReservedNames
{
    private readonly ConcurrentDictionary<string, Account> _byName = new();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public bool IsReserved(Name name) => _byName.ContainsKey(name.Key);

    public Account? Find(Name name) => _byName.GetValueOrDefault(name.Key);

    public Reason? Add(Account account)
    {
        // Counted first and taken back, so that accounts made at once cannot exceed the limit.
        var isFull = Interlocked.Increment(ref _count) > settings.Limit && settings.Limit > 0;
        if (!isFull && _byName.TryAdd(account.Name.Key, account)) return null;
        Interlocked.Decrement(ref _count);
        return isFull ? Reason.ServerFull : Reason.NameTaken;
    }

    /// <summary>After a restart, a session brings its account along.</summary>
    public Account? FindOrAdd(Name name, SessionClaims claims)
    {
        if (Find(name) is { } known) return known;
        var account = new Account(claims.AccountId, name, claims.Password);
        return Add(account) is null ? account : Find(name);
    }
}
