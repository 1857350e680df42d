using System.Security.Claims;
using RoomChat.Accounts;
using RoomChat.Redis;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Tests.Support;

/// <summary>Accounts without a web server, with a lobby that reserves their names.</summary>
internal sealed class TestAccounts : IDisposable
{
    private readonly RedisConnection? _redis;

    /// <summary>Shared by all that are given the same setting of a Redis, or else alone.</summary>
    public TestAccounts(
        AccountSettings settings, PasswordHashing passwords, TimeProvider time, string? redis = null)
    {
        var limits = new Limits();
        _redis = redis is null ? null : RedisServer.Connect(redis);
        Store = _redis is null ? new InMemoryAccountStore(settings) : new RedisAccountStore(_redis, settings, time);
        Lobby = new Lobby(limits, time, Activity, Store);
        var names = new NameRules(limits);
        Sessions = new Sessions(Store, settings, names, Lobby, Activity, time);
        Authenticator = new Authenticator(Store, Sessions, passwords, settings, names, Activity, time);
    }

    public ActivityFeed Activity { get; } = new();
    public IAccountStore Store { get; }
    public Lobby Lobby { get; }
    public Sessions Sessions { get; }
    public Authenticator Authenticator { get; }

    public async Task<Session?> RecognizeAsync(ClaimsPrincipal? principal) =>
        (await Sessions.RecognizeAsync(principal)).TryGet(out var session, out _) ? session : null;

    public async Task<Session> BeginAsync(Account account, SessionKind kind = SessionKind.Browser) =>
        (await Sessions.BeginAsync(account, kind)).OrFail();

    public void Dispose()
    {
        Lobby.Dispose();
        _redis?.Dispose();
    }
}
