using RoomChat.Accounts;
using RoomChat.Rooms;

namespace RoomChat.Tests.Support;

/// <summary>Accounts without a web server, with a lobby that reserves their names.</summary>
internal sealed class TestAccounts : IDisposable
{
    public TestAccounts(AccountSettings settings, Passwords passwords, TimeProvider time)
    {
        var (limits, activity) = (new Limits(), new ActivityFeed());
        Store = new AccountStore(settings);
        Lobby = new Lobby(limits, time, activity, Store);
        Authenticator = new Authenticator(Store, settings, limits, passwords, Lobby, activity, time);
    }

    public AccountStore Store { get; }
    public Lobby Lobby { get; }
    public Authenticator Authenticator { get; }

    public void Dispose() => Lobby.Dispose();
}
