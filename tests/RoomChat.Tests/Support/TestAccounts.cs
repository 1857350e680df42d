using RoomChat.Accounts;
using RoomChat.Rooms;

namespace RoomChat.Tests.Support;

/// <summary>Accounts without a web server, with a lobby that reserves their names.</summary>
internal sealed class TestAccounts : IDisposable
{
    public TestAccounts(AccountSettings settings, PasswordHashing passwords, TimeProvider time)
    {
        var (limits, activity) = (new Limits(), new ActivityFeed());
        Store = new AccountStore(settings);
        Lobby = new Lobby(limits, time, activity, Store);
        Sessions = new Sessions(Store, settings, limits, Lobby, activity, time);
        Authenticator = new Authenticator(Store, Sessions, passwords, settings, limits, activity, time);
    }

    public AccountStore Store { get; }
    public Lobby Lobby { get; }
    public Sessions Sessions { get; }
    public Authenticator Authenticator { get; }

    public void Dispose() => Lobby.Dispose();
}
