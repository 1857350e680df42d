using System.Collections.Concurrent;
using RoomChat.Rooms;

namespace RoomChat.Accounts;

internal sealed class InMemoryAccountStore(AccountSettings settings) : IAccountStore
{
    private readonly ConcurrentDictionary<string, Account> _byName = new();
    private readonly ConcurrentDictionary<string, string> _byLook = new();
    private readonly Lock _adding = new();

    public ValueTask<Outcome<bool>> IsReservedAsync(Name name) => new(IsTaken(name));

    public ValueTask<Outcome<Account>> FindAsync(Name name) => new(Find(name));

    public ValueTask<Outcome<Account[]>> IdleSinceAsync(DateTimeOffset since) =>
        new(_byName.Values.Where(account => !(account.Used >= since)).ToArray());

    public ValueTask<Outcome<Done>> AddAsync(Account account)
    {
        lock (_adding)
        {
            if (settings.Limit > 0 && _byName.Count >= settings.Limit) return new(Reason.ServerFull);
            if (IsTaken(account.Name)) return new(Reason.NameTaken);
            _byName[account.Name.Key] = account;
            foreach (var look in account.Name.Looks) _byLook[look] = account.Name.Key;
            return new(new Done());
        }
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
        lock (_adding)
        {
            while (true)
            {
                if (!Find(name).TryGet(out var known, out var refusal)) return new(refusal);
                if (!mayRemove(known)) return new(Reason.SignInFailed);
                if (!_byName.TryRemove(KeyValuePair.Create(name.Key, known))) continue;
                foreach (var look in known.Name.Looks) _byLook.TryRemove(KeyValuePair.Create(look, name.Key));
                return new(new Done());
            }
        }
    }

    private bool IsTaken(Name name) =>
        name.Looks.Any(look => _byLook.TryGetValue(look, out var holder) && _byName.ContainsKey(holder));

    private Outcome<Account> Find(Name name) =>
        _byName.TryGetValue(name.Key, out var account) ? account : Reason.AccountNotFound;
}
