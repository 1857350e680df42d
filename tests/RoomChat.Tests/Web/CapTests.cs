using System.Net;
using System.Net.WebSockets;
using RoomChat.Accounts;
using RoomChat.Rooms;
using RoomChat.Tests.Support;
using RoomChat.Web;

namespace RoomChat.Tests.Web;

/// <summary>Each limit is reached, and the clients within it are served on.</summary>
public sealed class CapTests : IAsyncDisposable
{
    private const string Proxy = "127.0.0.1";
    private ChatServer _server = null!;

    [Fact]
    [CoversSetting<Limits>(nameof(Limits.RoomsPerMinute))]
    public async Task CreatedRoomsAreLimitedByAddressOnEveryEndpoint()
    {
        _server = new ChatServer(("Limits:RoomsPerMinute", "3"));
        using var program = await ApiClient.OfAsync(_server);
        await using var ana = await ChatClient.ConnectAsync(_server);
        using var visitor = new Visitor(_server);
        await program.CreateRoomAsync();
        await ana.CreateRoomAsync();
        await visitor.SubmitAsync("Create", ("Name", "ana"));
        await program.SignUpAsync("ana");
        await program.SignUpAsync("bo");
        var (token, _) = await program.SignInAsync("ana");

        var answer = await program.PostAsync("/api/rooms");
        Assert.Equal((429, "rate-limited"), (answer.Status, answer.Code));
        Assert.InRange(answer.Raw.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(429, (await program.PostAsync("/api/direct", new { with = "bo" }, token)).Status);
        Assert.Equal("rate-limited", (await ana.CallAsync("CreateRoom")).GetProperty("refused").GetString());
        Assert.Equal(
            "rate-limited",
            (await ana.CallAsync("ReopenRoom", new { room = "000000" })).GetProperty("refused").GetString());
        Assert.Equal(
            "rate-limited",
            (await ana.CallAsync("OpenDirect", new { with = "bo", token })).GetProperty("refused").GetString());
        Assert.Equal(HttpStatusCode.TooManyRequests, (await visitor.SubmitAsync("Create", ("Name", "cy"))).StatusCode);
        Assert.Equal(3, _server.Lobby.Rooms);
    }

    [Fact]
    [CoversSetting<Limits>(nameof(Limits.JoinsPerMinute))]
    [CoversSetting<NetworkSettings>(nameof(NetworkSettings.Proxies))]
    public async Task JoinsAreLimitedByAddressAndReturnsAreNot()
    {
        _server = new ChatServer(("Limits:JoinsPerMinute", "2"), ("Proxies", Proxy));
        var room = $"{_server.Lobby.Create().OrFail().Code}";
        using var program = await ApiClient.JoinedAsync(_server, room, "bot");
        using var ana = await RawClient.ConnectAsync(_server.Address);
        Assert.Contains(
            "\"seat\"",
            await ana.CallAsync("JoinRoom", $$"""{"room":"{{room}}","name":"ana"}"""),
            StringComparison.Ordinal);
        using var bo = await RawClient.ConnectAsync(_server.Address);
        using var cy = await RawClient.ConnectAsync(_server.Address, ("X-Forwarded-For", "2001:db8::1"));

        Assert.Contains(
            "rate-limited",
            await bo.CallAsync("JoinRoom", $$"""{"room":"{{room}}","name":"bo"}"""),
            StringComparison.Ordinal);
        Assert.Equal(429, (await program.PostAsync($"/api/rooms/{room}/members", new { name = "bo" })).Status);
        Assert.Equal(201, (await program.PostAsync($"/api/rooms/{room}/members", new { seat = program.Seat })).Status);
        Assert.Contains(
            "\"seat\"", await ana.CallAsync("JoinRoom", $$"""{"room":"{{room}}"}"""), StringComparison.Ordinal);
        Assert.Contains(
            "\"seat\"",
            await cy.CallAsync("JoinRoom", $$"""{"room":"{{room}}","name":"cy"}"""),
            StringComparison.Ordinal);
    }

    [Fact]
    [CoversSetting<AccountSettings>(nameof(AccountSettings.SignUpsPerMinute))]
    [CoversSetting<AccountSettings>(nameof(AccountSettings.SignInsPerMinute))]
    public async Task SignUpsAndSignInsAreLimitedByAddressForAllNamesTogether()
    {
        _server = new ChatServer(("Accounts:SignUpsPerMinute", "2"), ("Accounts:SignInsPerMinute", "2"));
        using var program = await ApiClient.OfAsync(_server);
        await program.SignUpAsync("ana");
        await program.SignUpAsync("bo");
        Assert.Equal(
            429, (await program.PostAsync("/api/accounts", new { name = "cy", password = ApiClient.Password })).Status);

        await program.SignInAsync("ana");
        Assert.Equal(
            401, (await program.PostAsync("/api/session", new { name = "nobody", password = "not the one" })).Status);
        Assert.Equal(
            429, (await program.PostAsync("/api/session", new { name = "bo", password = ApiClient.Password })).Status);
        using var visitor = new Visitor(_server);
        Assert.Equal(429, (int)(await visitor.SubmitAsync(
            "/account/sign-in", "/account/sign-in", ("Name", "bo"), ("Password", ApiClient.Password))).StatusCode);
    }

    [Fact]
    [CoversSetting<Limits>(nameof(Limits.ConnectionsPerAddress))]
    public async Task ConnectionsAreLimitedByAddressAndAClosedOneFreesItsPlaceAtOnce()
    {
        _server = new ChatServer(("Limits:ConnectionsPerAddress", "2"), ("Proxies", Proxy));
        var first = await RawClient.ConnectAsync(_server.Address, ("X-Forwarded-For", "2001:db8::1"));
        using var second = await RawClient.ConnectAsync(_server.Address, ("X-Forwarded-For", "2001:db8::ffff:2"));

        Assert.Equal(HttpStatusCode.TooManyRequests, await HandshakeAsync("2001:db8::3"));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await HandshakeAsync("2001:db8:0:1::3"));
        first.Dispose();
        await Wait.UntilAsync(() => _server.Connections == 1, "the first to be gone");
        using var third = await RawClient.ConnectAsync(_server.Address, ("X-Forwarded-For", "2001:db8::3"));
        Assert.Contains("\"room\"", await second.CallAsync("CreateRoom", ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectionsOfASiteAreLimitedToFourTimesThoseOfAnAddress()
    {
        _server = new ChatServer(("Limits:ConnectionsPerAddress", "1"), ("Proxies", Proxy));
        var connections = new List<RawClient>();
        for (var n = 0; n < 4; n++)
            connections.Add(
                await RawClient.ConnectAsync(_server.Address, ("X-Forwarded-For", $"2001:db8:1:{n << 8:x}::1")));

        Assert.Equal(HttpStatusCode.TooManyRequests, await HandshakeAsync("2001:db8:1:ff00::1"));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await HandshakeAsync("2001:db8:2::1"));
        connections.ForEach(connection => connection.Dispose());
    }

    [Fact]
    [CoversSetting<Limits>(nameof(Limits.Connections))]
    public async Task ConnectionsAreLimitedInAll()
    {
        _server = new ChatServer(("Limits:Connections", "2"), ("Proxies", Proxy));
        using var first = await RawClient.ConnectAsync(_server.Address, ("X-Forwarded-For", "10.0.0.1"));
        using var second = await RawClient.ConnectAsync(_server.Address, ("X-Forwarded-For", "10.0.0.2"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await HandshakeAsync("10.0.0.3"));
        Assert.Contains("\"room\"", await second.CallAsync("CreateRoom", ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SocketsBeforeTheUpgradeAreLimitedInAll()
    {
        _server = new ChatServer(("Limits:Connections", "3"));
        await using var ana = await ChatClient.ConnectAsync(_server);
        var sockets = new List<RawHttp>();
        for (var n = 0; n < 6; n++) sockets.Add(await RawHttp.ConnectAsync(_server));

        await Task.WhenAny(sockets.Select(socket => socket.UntilClosedAsync())).Soon();
        Assert.Equal(6, (await ana.CreateRoomAsync()).Length);
        foreach (var socket in sockets) socket.Dispose();
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nCookie: {0}\r\n\r\n", 17, 431)]
    [InlineData("GET /{0} HTTP/1.1\r\nHost: localhost\r\n\r\n", 5, 414)]
    public async Task HeadersAreLimited(string request, int kilobytes, int status)
    {
        _server = new ChatServer();
        using var client = await RawHttp.ConnectAsync(_server);

        await client.SendAsync(request.Replace("{0}", new string('x', kilobytes << 10), StringComparison.Ordinal));

        Assert.StartsWith($"HTTP/1.1 {status} ", await client.UntilClosedAsync(), StringComparison.Ordinal);
    }

    /// <summary>All at once, since each timeout takes up to half a minute.</summary>
    [Fact]
    public async Task AClientTooSlowToSendItsRequestIsClosed()
    {
        _server = new ChatServer();
        using var silent = await RawHttp.ConnectAsync(_server);
        using var slowHeaders = await RawHttp.ConnectAsync(_server);
        await slowHeaders.SendAsync("GET / HTTP/1.1\r\nHost: ");
        using var slowBody = await RawHttp.ConnectAsync(_server);
        await slowBody.SendAsync(
            "POST /api/rooms HTTP/1.1\r\nHost: localhost\r\n" +
            "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
        using var slowForm = await RawHttp.ConnectAsync(_server);
        await slowForm.SendAsync(
            "POST /?handler=Create HTTP/1.1\r\nHost: localhost\r\n" +
            "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nN");
        using var noHandshake = new ClientWebSocket();
        await noHandshake.ConnectAsync(
            new UriBuilder(_server.Address) { Scheme = "ws", Path = "/hub" }.Uri,
            TestContext.Current.CancellationToken);
        await using var ana = await ChatClient.ConnectAsync(_server);
        var room = await ana.CreateRoomAsync();
        await ana.JoinAsync(room, "ana");

        var handshake = noHandshake.ReceiveAsync(new byte[1000], TestContext.Current.CancellationToken);
        var ended = Task.WhenAll(
            slowHeaders.UntilClosedAsync(), slowBody.UntilClosedAsync(), slowForm.UntilClosedAsync());

        Assert.All(await ended, answer => Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal));
        await handshake;
        Assert.Equal("", await silent.UntilClosedAsync());
        await ana.WaitForSeqAsync(await ana.SendAsync("still here"));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _server.AssertNoWarningsLogged();
    }

    private async Task<HttpStatusCode> HandshakeAsync(string from)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("X-Forwarded-For", from);
        try
        {
            await socket.ConnectAsync(
                new UriBuilder(_server.Address) { Scheme = "ws", Path = "/hub" }.Uri,
                TestContext.Current.CancellationToken).Soon();
        }
        catch (WebSocketException)
        {
            // Refused, as the status shows.
        }
        return socket.HttpStatusCode;
    }
}
