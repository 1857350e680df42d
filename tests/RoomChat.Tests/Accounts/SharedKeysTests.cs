using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Accounts;

/// <summary>What one server protects, every other reads: cookies, tokens, forms.</summary>
public sealed class SharedKeysTests : IAsyncDisposable
{
    private readonly RedisServer _redis = new(appendFsync: "always");
    private readonly List<ChatServer> _servers = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("roomchat-keys-").FullName;

    [Fact]
    public async Task ServersThatStartAtTheSameTimeHaveTheSameKeys()
    {
        var servers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => Server())));

        foreach (var from in servers)
            foreach (var to in servers)
                Assert.Equal("hello", ProtectorOf(to).Unprotect(ProtectorOf(from).Protect("hello")));
    }

    [Fact]
    public async Task AServerThatStartsWithoutRedisTakesTheSharedKeysOnceItIsThere()
    {
        var shared = ProtectorOf(Server()).Protect("hello");
        _redis.Kill();
        var late = ProtectorOf(Server());
        Assert.Equal("own", late.Unprotect(late.Protect("own")));

        _redis.Restart();

        await Wait.UntilAsync(() => Reads(late, shared), "the keys of the others");
    }

    [Fact]
    public void AFolderOfKeysGoesBeforeRedis()
    {
        var shared = ProtectorOf(Server());
        var apart = ProtectorOf(Server(_folder));

        Assert.False(Reads(shared, apart.Protect("hello")));
        Assert.NotEmpty(Directory.GetFiles(_folder));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
            server.AssertNoWarningsLogged();
        }
        _redis.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private ChatServer Server(string keys = "")
    {
        var server = new ChatServer(("Redis", _redis.Setting), ("Keys", keys));
        lock (_servers) { _servers.Add(server); }
        return server;
    }

    private static IDataProtector ProtectorOf(ChatServer server) =>
        server.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");

    private static bool Reads(IDataProtector protector, string text)
    {
        try
        {
            return protector.Unprotect(text) == "hello";
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
