using System.Collections.Concurrent;
using RoomChat.Rooms;

namespace RoomChat.Accounts;

internal sealed class InMemoryAccountStore(AccountSettings settings) : IAccountStore
{
    private readonly ConcurrentDictionary<string, Account> _byName = new();
    private int _count;

    public ValueTask<Outcome<bool>> IsReservedAsync(Name name) => new(_byName.ContainsKey(name.Key));

    public ValueTask<Outcome<Account>> FindAsync(Name name) => new(Find(name));

    public ValueTask<Outcome<Done>> AddAsync(Account account)
    {
        // Counted first and undone on failure, so that concurrent sign-ups cannot exceed the limit.
        var isFull = Interlocked.Increment(ref _count) > settings.Limit && settings.Limit > 0;
        if (!isFull && _byName.TryAdd(account.Name.Key, account)) return new(new Done());
        Interlocked.Decrement(ref _count);
        return new(isFull ? Reason.ServerFull : Reason.NameTaken);
    }

    public ValueTask<Outcome<Account>> ChangeAsync(Name name, Func<Account, Outcome<Account>> change)
    {
        while (true)
        {
            if (!Find(name).TryGet(out var known, out var refusal)) return new(refusal);
            var outcome = change(known);
            if (!outcome.TryGet(out var changed, out _) || _byName.TryUpdate(name.Key, changed, known))
                return new(outcome);
        }
    }

    public ValueTask<Outcome<Done>> RemoveAsync(Name name, Func<Account, bool> mayRemove)
    {
        while (true)
        {
            if (!Find(name).TryGet(out var known, out var refusal)) return new(refusal);
            if (!mayRemove(known)) return new(Reason.SignInFailed);
            if (!_byName.TryRemove(KeyValuePair.Create(name.Key, known))) continue;
            Interlocked.Decrement(ref _count);
            return new(new Done());
        }
    }

    private Outcome<Account> Find(Name name) =>
        _byName.TryGetValue(name.Key, out var account) ? account : Reason.AccountNotFound;
}
