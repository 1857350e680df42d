using System.Net;
using System.Net.WebSockets;
using RoomChat.Tests.Support;
using RoomChat.Web;

namespace RoomChat.Tests.Web;

/// <summary>Requests from pages of other sites and for foreign host names.</summary>
public sealed class OriginTests : IAsyncDisposable
{
    private ChatServer _server = new();
    private HttpClient? _http;

    private HttpClient Http =>
        _http ??= new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _server.Address };

    private string Own => _server.Address.GetLeftPart(UriPartial.Authority);

    [Theory]
    [InlineData("POST", "/hub/negotiate?negotiateVersion=1")]
    [InlineData("POST", "/?handler=Create")]
    [InlineData("POST", "/api/rooms")]
    [InlineData("POST", "/api/accounts")]
    [InlineData("DELETE", "/api/session")]
    [InlineData("GET", "/health")]
    [InlineData("OPTIONS", "/api/rooms")]
    public async Task ARequestFromAPageOfAnotherSiteIsRefused(string method, string path)
    {
        foreach (var origin in Foreign)
        {
            var answer = await AskAsync(method, path, ("Origin", origin));

            Assert.Equal((origin, HttpStatusCode.Forbidden), (origin, answer.StatusCode));
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
            SecurityHeadersTests.AssertGuarded(answer);
        }
        Assert.Equal(0, _server.Lobby.Rooms);
    }

    [Fact]
    public async Task AWebSocketFromAPageOfAnotherSiteIsRefused()
    {
        foreach (var origin in Foreign)
            Assert.Equal((origin, HttpStatusCode.Forbidden), (origin, await ConnectAsync(("Origin", origin))));
        Assert.Equal(0, _server.Connections);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/health")]
    [InlineData("/api/rooms")]
    [InlineData("/js/room.js")]
    public async Task ATraceIsRefused(string path) =>
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await AskAsync("TRACE", path)).StatusCode);

    [Fact]
    public async Task RequestsFromOurOwnPagesAreAccepted()
    {
        Assert.Equal(
            HttpStatusCode.OK,
            (await AskAsync("POST", "/hub/negotiate?negotiateVersion=1", ("Origin", Own))).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await AskAsync("POST", "/api/rooms", ("Origin", Own))).StatusCode);
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await ConnectAsync(("Origin", Own)));
        Assert.Equal(
            HttpStatusCode.SwitchingProtocols,
            await ConnectAsync(
                ("Origin", Own.Replace("127.0.0.1", "LOCALHOST", StringComparison.Ordinal)),
                ("Host", $"localhost:{_server.Address.Port}")));
    }

    [Fact]
    public async Task ATrustedProxyDeterminesTheAddressOfThePage()
    {
        Configure(("Proxies", "10.0.0.0/8, 127.0.0.1"), ("Hosts", "chat.example.org"));
        (string, string)[] forwarded =
        [
            ("X-Forwarded-For", "203.0.113.9"),
            ("X-Forwarded-Proto", "https"),
            ("X-Forwarded-Host", "chat.example.org"),
        ];

        Assert.Equal(
            HttpStatusCode.SwitchingProtocols,
            await ConnectAsync([.. forwarded, ("Origin", "https://chat.example.org")]));
        Assert.Equal(
            HttpStatusCode.SwitchingProtocols,
            await ConnectAsync([.. forwarded, ("Origin", "https://chat.example.org:443")]));
        Assert.Equal(
            HttpStatusCode.Forbidden, await ConnectAsync([.. forwarded, ("Origin", "http://chat.example.org")]));
        Assert.Equal(HttpStatusCode.Forbidden, await ConnectAsync([.. forwarded, ("Origin", Own)]));
        var created = await AskAsync("POST", "/api/rooms", forwarded);
        var room = await created.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("\"url\":\"https://chat.example.org/r/", room, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a&..b")]
    [InlineData("[")]
    public async Task AForwardedHostThatNoHostCanBeCalledIsIgnored(string host)
    {
        Configure(("Proxies", "127.0.0.1"));

        Assert.Equal(HttpStatusCode.OK, (await AskAsync("GET", "/", ("X-Forwarded-Host", host))).StatusCode);
        _server.AssertNoWarningsLogged();
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0.0/8 ::1")]
    public async Task ForwardedHeadersOfAnUntrustedProxyAreIgnored(string proxies)
    {
        Configure(("Proxies", proxies), ("Hosts", "chat.example.org"));
        (string, string)[] forwarded =
        [
            ("X-Forwarded-For", "203.0.113.9"),
            ("X-Forwarded-Proto", "https"),
            ("X-Forwarded-Host", "chat.example.org"),
        ];

        Assert.Equal(
            HttpStatusCode.Forbidden, await ConnectAsync([.. forwarded, ("Origin", "https://chat.example.org")]));
        var created = await AskAsync("POST", "/api/rooms", forwarded);
        var room = await created.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"\"url\":\"{Own}/r/", room, StringComparison.Ordinal);
        await AskAsync("GET", "/", forwarded);
        Assert.Equal(
            proxies == "" ? 1 : 0,
            _server.LoggedWarnings.Count(warning => warning.Contains("RoomChat:Proxies", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LocalHost:5000")]
    [InlineData("127.0.0.1")]
    [InlineData("192.168.1.20:5000")]
    [InlineData("[::1]:5000")]
    [InlineData("[fe80::1]")]
    [InlineData("chat.example.org")]
    [InlineData("CHAT.example.org:443")]
    [InlineData("a.example.com")]
    [InlineData("MACHINE")]
    [InlineData("MACHINE.local")]
    public async Task TheNamesAndAddressesOfThisServerAreAccepted(string host)
    {
        Configure(("Hosts", "chat.example.org, *.example.com"));

        Assert.Equal(
            HttpStatusCode.OK,
            (
                await AskAsync(
                    "GET",
                    "/",
                    ("Host", host.Replace("MACHINE", Environment.MachineName, StringComparison.Ordinal)))).StatusCode);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("evilexample.com")]
    [InlineData("example.com")]
    [InlineData("chat.example.org.evil.example")]
    [CoversSetting<NetworkSettings>(nameof(NetworkSettings.Hosts))]
    public async Task AForeignHostNameIsRefusedOnEveryPath(string host)
    {
        Configure(("Hosts", "chat.example.org *.example.com"));
        (string, string)[] requests =
        [
            ("GET", "/"), ("POST", "/api/rooms"), ("POST", "/hub/negotiate"),
            ("GET", "/css/site.css"), ("GET", "/health"),
        ];
        foreach (var (method, path) in requests)
        {
            var answer = await AskAsync(method, path, ("Host", host), ("Origin", $"http://{host}"));

            Assert.Equal((path, HttpStatusCode.BadRequest), (path, answer.StatusCode));
            SecurityHeadersTests.AssertGuarded(answer);
            Assert.DoesNotContain("example", answer.Headers.ToString(), StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.BadRequest, await ConnectAsync(("Host", host), ("Origin", $"http://{host}")));
        Assert.Equal(0, _server.Lobby.Rooms);
    }

    private static string[] Foreign =>
    [
        "http://evil.example", "https://127.0.0.1", "http://127.0.0.1", "http://127.0.0.1:1", "null", "",
        "about:blank", "http://127.0.0.1.evil.example",
    ];

    private void Configure(params (string, string)[] settings)
    {
        _server.Dispose();
        _server = new ChatServer(settings);
    }

    private async Task<HttpResponseMessage> AskAsync(
        string method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        if (method == "POST") request.Content = new ByteArrayContent([]);
        return await Http.SendAsync(request, TestContext.Current.CancellationToken).Soon();
    }

    /// <summary>The status of a WebSocket handshake.</summary>
    private async Task<HttpStatusCode> ConnectAsync(params (string Name, string Value)[] headers)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        foreach (var (name, value) in headers) socket.Options.SetRequestHeader(name, value);
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

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        await _server.DisposeAsync();
        Assert.DoesNotContain(
            _server.LoggedWarnings, warning => !warning.Contains("RoomChat:Proxies", StringComparison.Ordinal));
    }
}
