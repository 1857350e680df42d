using System.Security.Claims;
using RoomChat.Rooms;

namespace RoomChat.Accounts;

public sealed record Session(Account Account, string Id);

/// <summary>Ending a session also closes the connections of members who joined with it.</summary>
public sealed class Sessions(
    IAccountStore accounts, AccountSettings settings, Limits limits, Lobby lobby, ActivityFeed activity,
    TimeProvider time)
{
    public async ValueTask<Outcome<Session>> RecognizeAsync(ClaimsPrincipal? principal)
    {
        if (!settings.Enabled || SessionClaims.From(principal) is not { } claims) return Reason.NotSignedIn;
        if (!Name.TryParse(claims.Name, limits.NameLength, out var name)) return Reason.NotSignedIn;
        if (!(await accounts.RecallAsync(name)).TryGet(out var account, out var refusal))
            return refusal.Reason == Reason.AccountNotFound ? Reason.NotSignedIn : refusal;
        return account.Accepts(claims.Session) ? new Session(account, claims.Session) : Reason.NotSignedIn;
    }

    public async ValueTask<Outcome<Done>> SignOutAsync(Session session)
    {
        var (now, name) = (time.GetUtcNow(), session.Account.Name);
        var expires = now.AddMinutes(Math.Max(settings.SessionMinutes, settings.RefreshMinutes));
        var outcome = await accounts.ChangeAsync(name, account => account.Close(session.Id, now, expires));
        if (!outcome.TryGet(out var account, out var refusal)) return refusal;
        lobby.CloseSessions(account.HasEnded);
        activity.Publish(new SignedOut(now, name.Shown));
        return new Done();
    }

    /// <summary>Refused if the password that was verified has been changed meanwhile.</summary>
    public async ValueTask<Outcome<Account>> ChangePasswordAsync(Session session, string hash)
    {
        var outcome = await accounts.ChangeAsync(session.Account.Name, account =>
            account.PasswordHash == session.Account.PasswordHash
                ? account.ChangePassword(hash, session.Id)
                : Reason.SignInFailed);
        if (outcome.TryGet(out var account, out _)) lobby.CloseSessions(account.HasEnded);
        return outcome;
    }
}
