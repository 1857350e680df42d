using System.Net;
using Microsoft.AspNetCore.Identity;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Accounts;

public sealed class Authenticator(
    IAccountStore accounts, Sessions sessions, PasswordHashing passwords, AccountSettings settings, NameRules names,
    ActivityFeed activity, TimeProvider time)
{
    private const int MinPasswordLength = 8, MaxPasswordLength = 128;

    private readonly NetworkShare<string> _share =
        new(settings.SignUpsPerMinute == 0 ? 0 : settings.Limit, isGone: _ => false);
    private readonly ClientRateLimiter _attempts = new(time, settings.AttemptsPerMinute);
    private readonly ClientRateLimiter _signUps = new(time, settings.SignUpsPerMinute);
    private readonly ClientRateLimiter _signIns = new(time, settings.SignInsPerMinute);

    public ValueTask<Outcome<Account>> FindAsync(string? typed) =>
        ReadName(typed) is { } name ? accounts.FindAsync(name) : new(Reason.AccountNotFound);

    public async Task<Outcome<Account>> SignUpAsync(string? typed, string? password, IPAddress client)
    {
        if (!names.TryParse(typed, out var name)) return Reason.NameInvalid;
        if (WhyNot(password, name) is { } reason) return reason;
        // Before the question whether the name is taken, which tells who has an account.
        if ((_signUps.TryTake(client) ?? _attempts.TryTake(client, name.Key)) is { } limited) return limited;
        if (!(await accounts.IsReservedAsync(name)).TryGet(out var isTaken, out var refusal)) return refusal;
        if (isTaken) return Reason.NameTaken;
        if (_share.Check(client) is { } full) return full;
        if (!(await passwords.HashAsync(password!, client)).TryGet(out var hash, out refusal)) return refusal;

        var account = new Account(name, hash) { Used = time.GetUtcNow() };
        if (!(await accounts.AddAsync(account)).TryGet(out _, out refusal)) return refusal;
        _share.Add(name.Key, client);
        activity.Publish(new SignedUp(time.GetUtcNow(), name.Shown));
        return account;
    }

    /// <summary>An unknown name and a wrong password get the same answer in the same time.</summary>
    public async Task<Outcome<Account>> SignInAsync(string? typed, string? password, IPAddress client)
    {
        var found = await FindAsync(typed);
        if (!found.TryGet(out var account, out var refusal) && refusal.Reason != Reason.AccountNotFound) return refusal;
        var outcome = await VerifyAsync(ReadName(typed)?.Key ?? "", account, password, client);
        if (!outcome.TryGet(out var result, out refusal)) return refusal;
        if (result == PasswordVerificationResult.SuccessRehashNeeded)
            account = await RehashAsync(account!, password!, client);
        activity.Publish(new SignedIn(time.GetUtcNow(), account!.Name.Shown));
        return account;
    }

    public async Task<Outcome<Account>> ChangePasswordAsync(
        Session session, string? password, string? newPassword, IPAddress client)
    {
        var account = session.Account;
        if (WhyNot(newPassword, account.Name) is { } reason) return reason;
        var outcome = await VerifyAsync(account.Name.Key, account, password, client);
        if (!outcome.TryGet(out _, out var refusal)) return refusal;
        if (!(await passwords.HashAsync(newPassword!, client)).TryGet(out var hash, out refusal)) return refusal;

        var changed = await sessions.ChangePasswordAsync(session, hash);
        if (changed.IsSuccess) activity.Publish(new PasswordChanged(time.GetUtcNow(), account.Name.Shown));
        return changed;
    }

    public async Task<Outcome<Done>> DeleteAccountAsync(Session session, string? password, IPAddress client)
    {
        var account = session.Account;
        var outcome = await VerifyAsync(account.Name.Key, account, password, client);
        if (!outcome.TryGet(out _, out var refusal)) return refusal;
        return await DeleteAsync(
            account.Name, known => known.PasswordHash == account.PasswordHash,
            new AccountDeleted(time.GetUtcNow(), account.Name.Shown));
    }

    /// <summary>Unless it is used meanwhile.</summary>
    public Task ExpireAsync(Account idle) => DeleteAsync(
        idle.Name, known => known.Used == idle.Used, new AccountExpired(time.GetUtcNow(), idle.Name.Shown));

    private async Task<Outcome<Done>> DeleteAsync(Name name, Func<Account, bool> mayDelete, Activity deleted)
    {
        var outcome = await sessions.DeleteAccountAsync(name, mayDelete);
        if (!outcome.IsSuccess) return outcome;
        _share.Remove(name.Key);
        activity.Publish(deleted);
        return outcome;
    }

    private static Reason? WhyNot(string? password, Name name) =>
        !PasswordHashing.CanHash(password)
            || UnicodeText.Length(password) is < MinPasswordLength or > MaxPasswordLength ? Reason.PasswordInvalid
        : CommonPasswords.Contain(password, name) ? Reason.PasswordCommon
        : null;

    private Name? ReadName(string? typed) => names.TryRead(typed, out var name) ? name : null;

    /// <summary>Of a hash from before hashing became slower. Where it fails, the next sign-in tries again.</summary>
    private async Task<Account> RehashAsync(Account account, string password, IPAddress client)
    {
        if (!(await passwords.HashAsync(password, client)).TryGet(out var hash, out _)) return account;
        var outcome = await accounts.ChangeAsync(account.Name, known =>
            known.PasswordHash == account.PasswordHash ? known with { PasswordHash = hash } : Reason.SignInFailed);
        return outcome.TryGet(out var changed, out _) ? changed : account;
    }

    private async Task<Outcome<PasswordVerificationResult>> VerifyAsync(
        string name, Account? account, string? password, IPAddress client)
    {
        if ((_signIns.TryTake(client) ?? _attempts.TryTake(client, name)) is { } limited) return limited;
        var outcome = await passwords.VerifyAsync(account?.PasswordHash, password, client);
        if (!outcome.TryGet(out var result, out var refusal)) return refusal;
        return result != PasswordVerificationResult.Failed ? result : Reason.SignInFailed;
    }
}
