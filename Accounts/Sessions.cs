using System.Security.Claims;
using RoomChat.Rooms;

namespace RoomChat.Accounts;

public sealed record Session(Account Account, string Id)
{
    public SessionRecord Record => Account.Open[Id];
}

/// <summary>Ending a session also closes the connections of members who joined with it.</summary>
public sealed class Sessions(
    IAccountStore accounts, AccountSettings settings, NameRules names, Lobby lobby, ActivityFeed activity,
    TimeProvider time)
{
    /// <summary>How exactly it is kept when a session was used, so that not every use is written.</summary>
    private static readonly TimeSpan UseInterval = TimeSpan.FromMinutes(1);

    public async ValueTask<Outcome<Session>> RecognizeAsync(ClaimsPrincipal? principal)
    {
        if (Parse(principal) is not var (name, claims)) return Reason.NotSignedIn;
        if (!(await accounts.RecallAsync(name)).TryGet(out var account, out var refusal)) return NotSignedIn(refusal);
        if (!account.Open.TryGetValue(claims.Session, out var record) || IsOver(record)) return Reason.NotSignedIn;
        if (time.GetUtcNow() - record.Used >= UseInterval && lobby.IsReady) await NoteUseAsync(name, claims.Session);
        return new Session(account, claims.Session);
    }

    /// <summary>Refused if the password that was verified has been changed meanwhile.</summary>
    public async ValueTask<Outcome<Session>> BeginAsync(Account verified, SessionKind kind)
    {
        var id = "";
        var now = time.GetUtcNow();
        var outcome = await accounts.ChangeAsync(verified.Name, account =>
            account.PasswordHash == verified.PasswordHash
                ? account.Begin(id = account.NewSession(), new SessionRecord(kind, now, now, now + Lifetime(kind)))
                : Reason.SignInFailed);
        return outcome.TryGet(out var begun, out var refusal) ? new Session(begun, id) : refusal;
    }

    /// <summary>A refresh token that comes a second time has been copied, so its session ends.</summary>
    public async ValueTask<Outcome<Session>> RefreshAsync(ClaimsPrincipal? principal)
    {
        if (Parse(principal) is not var (name, claims)) return Reason.NotSignedIn;
        var isReused = false;
        var now = time.GetUtcNow();
        var outcome = await accounts.ChangeAsync(name, account =>
        {
            if (!account.Open.TryGetValue(claims.Session, out var record) || IsOver(record)) return Reason.NotSignedIn;
            isReused = claims.Refreshes < record.Refreshes;
            return isReused ? account.Close(claims.Session, now, LastExpiry(now)) : account.Update(
                claims.Session, now,
                known => known with
                {
                    Used = now,
                    Expires = now + Lifetime(known.Kind),
                    Refreshes = claims.Refreshes + 1,
                });
        });
        if (!outcome.TryGet(out var account, out var refusal)) return NotSignedIn(refusal);
        if (!isReused) return new Session(account, claims.Session);
        lobby.CloseSessions(account.HasEnded);
        activity.Publish(new RefreshTokenReused(now, name.Shown));
        return Reason.NotSignedIn;
    }

    public ValueTask<Outcome<Done>> SignOutAsync(Session session)
    {
        var now = time.GetUtcNow();
        return EndAsync(
            session.Account.Name, account => account.Close(session.Id, now, LastExpiry(now)),
            new SignedOut(now, session.Account.Name.Shown));
    }

    /// <summary>Another session of the same account, or this one.</summary>
    public ValueTask<Outcome<Done>> EndAsync(Session session, string? id)
    {
        if (id == session.Id) return SignOutAsync(session);
        var now = time.GetUtcNow();
        return EndAsync(
            session.Account.Name,
            account => id is not null && account.Open.ContainsKey(id)
                ? account.Close(id, now, LastExpiry(now))
                : Reason.SessionNotFound,
            new SessionEnded(now, session.Account.Name.Shown));
    }

    /// <summary>By whoever runs the server.</summary>
    public ValueTask<Outcome<Done>> EndAllAsync(Name name) => EndAsync(
        name, account => account.CloseAll(), new SessionsEnded(time.GetUtcNow(), name.Shown));

    /// <summary>This one first, then by when they were used.</summary>
    public IReadOnlyList<(string Id, SessionRecord Record)> AllOf(Session session)
    {
        var now = time.GetUtcNow();
        return [.. from open in session.Account.Open
            where (open.Value.Expires > now && !IsOver(open.Value)) || open.Key == session.Id
            orderby open.Key == session.Id descending, open.Value.Used descending, open.Value.Begun descending
            select (open.Key, open.Value)];
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

    /// <summary>Whoever takes the name next must find nothing of what was said in its direct chats.</summary>
    public async ValueTask<Outcome<Done>> DeleteAccountAsync(Name name, Func<Account, bool> mayDelete)
    {
        if (!(await accounts.FindAsync(name)).TryGet(out var known, out var refusal)) return refusal;
        if (!mayDelete(known)) return Reason.SignInFailed;
        await lobby.CloseDirectChatsOfAsync(name);
        var outcome = await accounts.RemoveAsync(name, mayDelete);
        if (!outcome.IsSuccess) return outcome;
        lobby.CloseSessions(member => member.Name.Key == name.Key);
        await lobby.CloseDirectChatsOfAsync(name);      // opened meanwhile
        return outcome;
    }

    private async ValueTask<Outcome<Done>> EndAsync(Name name, Func<Account, Outcome<Account>> close, Activity ended)
    {
        if (!(await accounts.ChangeAsync(name, close)).TryGet(out var account, out var refusal)) return refusal;
        lobby.CloseSessions(account.HasEnded);
        activity.Publish(ended);
        return new Done();
    }

    /// <summary>If that cannot be written now, it is at the next use.</summary>
    private async Task NoteUseAsync(Name name, string session)
    {
        var now = time.GetUtcNow();
        await accounts.ChangeAsync(name, account => account.Update(session, now, known => known with
        {
            Used = now,
            Expires = known.Kind == SessionKind.Browser ? now + Lifetime(known.Kind) : known.Expires,
        }));
    }

    private (Name Name, SessionClaims Claims)? Parse(ClaimsPrincipal? principal) =>
        settings.Enabled && SessionClaims.From(principal) is { } claims
        && names.TryRead(claims.Name, out var name)
            ? (name, claims)
            : null;

    /// <summary>A cookie can be renewed until the next use that is noted.</summary>
    private TimeSpan Lifetime(SessionKind kind) => kind == SessionKind.Browser
        ? TimeSpan.FromMinutes(settings.SessionMinutes) + UseInterval
        : TimeSpan.FromMinutes(Math.Max(settings.AccessMinutes, settings.RefreshMinutes));

    /// <summary>However much it is used.</summary>
    private bool IsOver(SessionRecord record) =>
        settings.SessionDays > 0 && time.GetUtcNow() - record.Begun >= TimeSpan.FromDays(settings.SessionDays);

    private DateTimeOffset LastExpiry(DateTimeOffset now) =>
        now.AddMinutes(Math.Max(settings.SessionMinutes, settings.RefreshMinutes));

    private static Refusal NotSignedIn(Refusal refusal) =>
        refusal.Reason == Reason.AccountNotFound ? Reason.NotSignedIn : refusal;
}
