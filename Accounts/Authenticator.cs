using System.Net;
using RoomChat.Rooms;

namespace RoomChat.Accounts;

public sealed class Authenticator(
    AccountStore accounts, Sessions sessions, PasswordHashing passwords, AccountSettings settings, Limits limits,
    ActivityFeed activity, TimeProvider time)
{
    private readonly KeyedRateLimiter<(string, IPAddress)> _attempts = new(time, settings.AttemptsPerMinute);
    private readonly KeyedRateLimiter<IPAddress> _signUps = new(time, settings.SignUpsPerMinute);
    private readonly KeyedRateLimiter<IPAddress> _signIns = new(time, settings.SignInsPerMinute);

    public Account? Find(string? typed) => ParseName(typed) is { } name ? accounts.Find(name) : null;

    public async Task<Outcome<Account>> SignUpAsync(string? typed, string? password, IPAddress client)
    {
        if (ParseName(typed) is not { } name) return Reason.NameInvalid;
        if (!PasswordHashing.IsValid(password)) return Reason.PasswordInvalid;
        if (accounts.IsReserved(name)) return Reason.NameTaken;
        if ((_signUps.TryTake(client) ?? _attempts.TryTake((name.Key, client))) is { } limited) return limited;
        if (!(await passwords.HashAsync(password!)).TryGet(out var hash, out var refusal)) return refusal;

        var account = new Account(Guid.NewGuid().ToString("N"), name, new PasswordVersion(hash));
        if (accounts.Add(account) is { } reason) return reason;
        activity.Publish(new SignedUp(time.GetUtcNow(), name.Shown));
        return account;
    }

    /// <summary>An unknown name and a wrong password get the same answer in the same time.</summary>
    public async Task<Outcome<Account>> SignInAsync(string? typed, string? password, IPAddress client)
    {
        var name = ParseName(typed);
        var account = name is null ? null : accounts.Find(name);
        var outcome = await VerifyAsync(name?.Key ?? "", account, password, client);
        if (!outcome.TryGet(out _, out var refusal)) return refusal;
        activity.Publish(new SignedIn(time.GetUtcNow(), account!.Name.Shown));
        return account;
    }

    public async Task<Outcome<Account>> ChangePasswordAsync(
        Session session, string? password, string? newPassword, IPAddress client)
    {
        var account = session.Account;
        if (!PasswordHashing.IsValid(newPassword)) return Reason.PasswordInvalid;
        var outcome = await VerifyAsync(account.Name.Key, account, password, client);
        if (!outcome.TryGet(out _, out var refusal)) return refusal;
        if (!(await passwords.HashAsync(newPassword!)).TryGet(out var hash, out refusal)) return refusal;

        account.ChangePassword(hash);
        sessions.CloseOthers(session);
        activity.Publish(new PasswordChanged(time.GetUtcNow(), account.Name.Shown));
        return account;
    }

    private Name? ParseName(string? typed) => Name.TryParse(typed, limits.NameLength, out var name) ? name : null;

    private async Task<Outcome<Done>> VerifyAsync(string name, Account? account, string? password, IPAddress client)
    {
        if ((_signIns.TryTake(client) ?? _attempts.TryTake((name, client))) is { } limited) return limited;
        var outcome = await passwords.VerifyAsync(account?.Password.Hash, password);
        if (!outcome.TryGet(out var isRight, out var refusal)) return refusal;
        return isRight ? new Done() : Reason.SignInFailed;
    }
}
