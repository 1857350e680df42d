using System.Collections.Concurrent;
using RoomChat.Rooms;

namespace RoomChat.Accounts;

public sealed class AccountStore(AccountSettings settings) : IReservedNames
{
    private readonly ConcurrentDictionary<string, Account> _byName = new();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public bool IsReserved(Name name) => _byName.ContainsKey(name.Key);

    public Account? Find(Name name) => _byName.GetValueOrDefault(name.Key);

    public Reason? Add(Account account)
    {
        // Counted first and undone on failure, so that concurrent sign-ups cannot exceed the limit.
        var isFull = Interlocked.Increment(ref _count) > settings.Limit && settings.Limit > 0;
        if (!isFull && _byName.TryAdd(account.Name.Key, account)) return null;
        Interlocked.Decrement(ref _count);
        return isFull ? Reason.ServerFull : Reason.NameTaken;
    }

    public Account? FindOrAdd(Name name, SessionClaims claims)
    {
        if (Find(name) is { } known) return known;
        var account = new Account(claims.AccountId, name, claims.Password);
        return Add(account) is null ? account : Find(name);
    }
}
