using System.Collections.Concurrent;
using System.Net;
using System.Security.Claims;
using RoomChat.Rooms;

namespace RoomChat.Accounts;

/// <summary>Somebody who is signed in, here or there.</summary>
public sealed record Session(Account Account, string Id);

/// <summary>All accounts, one to a name whatever its case.</summary>
public sealed class Register(AccountSettings settings, Limits limits, Passwords passwords, Feed feed, TimeProvider time) : IReservations
{
    private readonly ConcurrentDictionary<string, Account> _accounts = new();
    private readonly Buckets<(string Name, IPAddress From)> _attempts = new(time, settings.AttemptsPerMinute);
    private readonly Buckets<IPAddress> _signUps = new(time, settings.SignUpsPerMinute), _signIns = new(time, settings.SignInsPerMinute);
    private int _count;

    /// <summary>Some sessions are over before their time.</summary>
    public event Action<Func<Owner, bool>>? Over;

    public int Count => Volatile.Read(ref _count);

    public bool IsReserved(Name name) => _accounts.ContainsKey(name.Key);

    public Account? Find(string? typed) => Name.TryParse(typed, limits.NameLength, out var name) ? Find(name) : null;

    public async Task<Outcome<Account>> SignUpAsync(string? typed, string? password, IPAddress from)
    {
        if (!Name.TryParse(typed, limits.NameLength, out var name)) return Reason.NameInvalid;
        if (!Passwords.IsValid(password)) return Reason.PasswordInvalid;
        if (IsReserved(name)) return Reason.NameTaken;
        if ((_signUps.Limit(from) ?? _attempts.Limit((name.Key, from))) is { } limited) return limited;
        if (!(await passwords.HashAsync(password!)).Granted(out var hash, out var refusal)) return refusal;

        var account = new Account(Guid.NewGuid().ToString("N"), name, new Secret(hash));
        if (Enter(account) is { } reason) return reason;
        feed.Publish(new SignedUp(time.GetUtcNow(), name.Shown));
        return account;
    }

    /// <summary>An unknown name and a wrong password look and take the same.</summary>
    public async Task<Outcome<Account>> SignInAsync(string? typed, string? password, IPAddress from)
    {
        var account = Name.TryParse(typed, limits.NameLength, out var name) ? Find(name) : null;
        if (!(await TryAsync(name?.Key ?? "", account, password, from)).Granted(out _, out var refusal)) return refusal;
        feed.Publish(new SignedIn(time.GetUtcNow(), account!.Name.Shown));
        return account;
    }

    /// <summary>Ends every session of the account; whoever asked begins a new one.</summary>
    public async Task<Outcome<Account>> ChangePasswordAsync(Session session, string? password, string? next, IPAddress from)
    {
        var account = session.Account;
        if (!Passwords.IsValid(next)) return Reason.PasswordInvalid;
        if (!(await TryAsync(account.Name.Key, account, password, from)).Granted(out _, out var refusal)) return refusal;
        if (!(await passwords.HashAsync(next!)).Granted(out var hash, out refusal)) return refusal;
        account.Change(hash);
        Over?.Invoke(owner => owner.Name.Key == account.Name.Key && owner.Session != session.Id);
        feed.Publish(new PasswordChanged(time.GetUtcNow(), account.Name.Shown));
        return account;
    }

    public void SignOut(Session session)
    {
        var now = time.GetUtcNow();
        session.Account.End(session.Id, now, now.AddMinutes(Math.Max(settings.SessionMinutes, settings.RefreshMinutes)));
        Over?.Invoke(owner => owner.Session == session.Id);
        feed.Publish(new SignedOut(now, session.Account.Name.Shown));
    }

    /// <summary>Whose session this is, while it lasts. An account that is not known here yet comes with it.</summary>
    public Session? Recognize(ClaimsPrincipal? principal)
    {
        if (!settings.Enabled || Ticket.From(principal) is not { } ticket || !Name.TryParse(ticket.Name, limits.NameLength, out var name)) return null;
        var account = Find(name) ?? Adopt(new Account(ticket.Id, name, ticket.Secret));
        return account?.Accepts(ticket) == true ? new Session(account, ticket.Session) : null;
    }

    private Account? Find(Name name) => _accounts.GetValueOrDefault(name.Key);

    private Account? Adopt(Account account) => Enter(account) is null ? account : Find(account.Name);

    private Reason? Enter(Account account)
    {
        // The place is taken first and given back, so that those who sign up at once cannot be more than the limit.
        var reason = Interlocked.Increment(ref _count) > settings.Limit && settings.Limit > 0 ? Reason.ServerFull
            : _accounts.TryAdd(account.Name.Key, account) ? (Reason?)null
            : Reason.NameTaken;
        if (reason is not null) Interlocked.Decrement(ref _count);
        return reason;
    }

    private async Task<Outcome<Done>> TryAsync(string name, Account? account, string? password, IPAddress from)
    {
        if ((_signIns.Limit(from) ?? _attempts.Limit((name, from))) is { } limited) return limited;
        if (!(await passwords.AreSameAsync(account?.Secret.Hash, password)).Granted(out var same, out var refusal)) return refusal;
        return same ? new Done() : Reason.SignInFailed;
    }
}
