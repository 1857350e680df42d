using System.Security.Claims;
using RoomChat.Rooms;

namespace RoomChat.Accounts;

public sealed record Session(Account Account, string Id);

/// <summary>Ending a session also closes the connections of members who joined with it.</summary>
public sealed class Sessions(
    AccountStore accounts, AccountSettings settings, Limits limits, Lobby lobby, ActivityFeed activity,
    TimeProvider time)
{
    public Session? Recognize(ClaimsPrincipal? principal)
    {
        if (!settings.Enabled || SessionClaims.From(principal) is not { } claims) return null;
        if (!Name.TryParse(claims.Name, limits.NameLength, out var name)) return null;
        return accounts.FindOrAdd(name, claims) is { } account && account.Accepts(claims)
            ? new Session(account, claims.Session)
            : null;
    }

    public void SignOut(Session session)
    {
        var now = time.GetUtcNow();
        var expires = now.AddMinutes(Math.Max(settings.SessionMinutes, settings.RefreshMinutes));
        session.Account.Close(session.Id, now, expires);
        lobby.CloseSessions(proved => proved.Session == session.Id);
        activity.Publish(new SignedOut(now, session.Account.Name.Shown));
    }

    public void CloseOthers(Session session)
    {
        var name = session.Account.Name.Key;
        lobby.CloseSessions(proved => proved.Name.Key == name && proved.Session != session.Id);
    }
}
