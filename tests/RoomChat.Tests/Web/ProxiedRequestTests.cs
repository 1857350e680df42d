using RoomChat.Tests.Support;

namespace RoomChat.Tests.Web;

/// <summary>An attack through a trusted proxy, which passes on requests whose bodies do not arrive.</summary>
public sealed class ProxiedRequestTests : IAsyncDisposable
{
    private const int MostAtOnce = 4;

    private readonly ChatServer _server = new(
        ("Proxies", "127.0.0.1"), ("Limits:Connections", "100"), ("Limits:ConnectionsPerAddress", "2"));
    private readonly List<RawHttp> _sockets = [];

    /// <summary>A subscriber has a /64 of IPv6, and may take any address of it.</summary>
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8::1", "2001:db8::ffff:2")]
    public async Task HalfSentRequestsOfOneClientLeaveSocketsForTheOthers(string client, string itsOther)
    {
        for (var i = 0; i <= MostAtOnce; i++) await SendHalfAsync(i % 2 == 0 ? client : itsOther);

        Assert.StartsWith(
            "HTTP/1.1 429", await await Task.WhenAny(_sockets.ConvertAll(socket => socket.ReceiveAsync())));
        Assert.StartsWith("HTTP/1.1 200", await GetAsync("192.0.2.9"));
        Assert.StartsWith("HTTP/1.1 200", await GetAsync("2001:db8:0:1::1"));

        foreach (var socket in _sockets) socket.Reset();
        await Wait.UntilAsync(
            async () => (await GetAsync(itsOther)).StartsWith("HTTP/1.1 200", StringComparison.Ordinal),
            "the client to be served again");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in _sockets) socket.Dispose();
        await _server.DisposeAsync();
    }

    private async Task<RawHttp> SendHalfAsync(string client)
    {
        var socket = await RawHttp.ConnectAsync(_server);
        _sockets.Add(socket);
        await socket.SendAsync(
            $"POST /api/rooms HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: {client}\r\n"
            + "Content-Type: application/json\r\nContent-Length: 20\r\n\r\n{");
        return socket;
    }

    private async Task<string> GetAsync(string client)
    {
        using var socket = await RawHttp.ConnectAsync(_server);
        await socket.SendAsync($"GET /health HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: {client}\r\n\r\n");
        return await socket.ReceiveAsync();
    }
}
