using RoomChat.Tests.Support;
using RoomChat.Web;

namespace RoomChat.Tests.Web;

public sealed class SecurityHeadersTests : IAsyncDisposable
{
    private readonly ChatServer _server = new();
    private readonly Visitor _visitor;

    public SecurityHeadersTests() => _visitor = new Visitor(_server);

    [Theory]
    [InlineData("/", 200)]
    [InlineData("/r/K0M1QX", 200)]
    [InlineData("/r/k0m1qx", 302)]
    [InlineData("/r/000000", 404)]
    [InlineData("/nothing", 404)]
    [InlineData("/error", 200)]
    [InlineData("/css/site.css", 200)]
    [InlineData("/js/room.js", 200)]
    [InlineData("/js/hub.js", 200)]
    [InlineData("/icon.svg", 200)]
    [InlineData("/js/nothing.js", 404)]
    [InlineData("/hub", 400)]
    [InlineData("/api/rooms/K0M1QX", 200)]
    [InlineData("/api/rooms/000000", 404)]
    [InlineData("/openapi/v1.json", 200)]
    public async Task EveryAnswerCarriesTheSecurityHeaders(string path, int status)
    {
        _server.Lobby.Reopen("K0M1QX");
        var answer = await _visitor.GetAsync(path);

        Assert.Equal(status, (int)answer.StatusCode);
        AssertGuarded(answer);
    }

    [Fact]
    public async Task AnswersToFormsCarryTheSecurityHeaders()
    {
        AssertGuarded(await _visitor.SubmitAsync("Create", ("Name", "ana")));
        AssertGuarded(await _visitor.SubmitAsync("Create", ("Name", "")));
        AssertGuarded(await _visitor.PostAsync("Create", ("Name", "ana")));
    }

    [Fact]
    public async Task ThePolicyNamesTheWebSocketForOlderSafari() =>
        Assert.Contains(
            $"; connect-src 'self' ws://127.0.0.1:{_server.Address.Port};",
            Assert.Single((await _visitor.GetAsync("/")).Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal);

    [Fact]
    public async Task AnswersOverHttpsTellBrowsersToStayOnHttps()
    {
        using var server = new ChatServer(("Proxies", "127.0.0.1"), ("Hosts", "chat.example.org"));
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        http.DefaultRequestHeaders.Host = "chat.example.org";

        var answer = await http.GetAsync("/", TestContext.Current.CancellationToken);

        Assert.Equal("max-age=31536000", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
        Assert.Contains(
            "connect-src 'self' wss://chat.example.org;",
            Assert.Single(answer.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal);
        Assert.False((await _visitor.GetAsync("/")).Headers.Contains("Strict-Transport-Security"));
        AssertGuarded(answer);
    }

    [Theory]
    [InlineData("/.git/HEAD")]
    [InlineData("/.env")]
    [InlineData("/appsettings.json")]
    [InlineData("/js/")]
    [InlineData("/js/..%2f..%2fappsettings.json")]
    [InlineData("/RoomChat.dll")]
    public async Task NothingIsServedButWhatThePagesNeed(string path) =>
        Assert.Equal(404, (int)(await _visitor.GetAsync(path)).StatusCode);

    [Theory]
    [InlineData("/", "text/html; charset=utf-8")]
    [InlineData("/js/room.js", "text/javascript; charset=utf-8")]
    [InlineData("/css/site.css", "text/css; charset=utf-8")]
    [InlineData("/robots.txt", "text/plain; charset=utf-8")]
    public async Task ATextSaysItsCharset(string path, string type) =>
        Assert.Equal(type, $"{(await _visitor.GetAsync(path)).Content.Headers.ContentType}");

    [Theory]
    [CoversSetting<NetworkSettings>(nameof(NetworkSettings.Embed))]
    [InlineData("", "'none'")]
    [InlineData("https://intranet.example.org", "https://intranet.example.org")]
    [InlineData("https://a.example, http://b.example:8080", "https://a.example http://b.example:8080")]
    public async Task OnlyTheOriginsOfTheSettingMayShowAPageInAFrame(string embed, string ancestors)
    {
        await using var server = new ChatServer(("Embed", embed));
        using var visitor = new Visitor(server);

        var policy = Assert.Single((await visitor.GetAsync("/")).Headers.GetValues("Content-Security-Policy"));

        Assert.Contains($"; frame-ancestors {ancestors};", policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("intranet.example.org")]
    [InlineData("https://intranet.example.org/page")]
    [InlineData("https://a.example;script-src")]
    [InlineData("ftp://intranet.example.org")]
    public void AnEmbeddingOriginThatIsNoneStopsTheStart(string embed) =>
        Assert.StartsWith(
            "RoomChat:Embed has ",
            new NetworkSettings().Validate(null, new NetworkSettings { Embed = embed }).FailureMessage,
            StringComparison.Ordinal);

    internal static void AssertGuarded(HttpResponseMessage answer)
    {
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Matches("^default-src 'none'; script-src 'self' 'sha256-[A-Za-z0-9+/=]{44}'; style-src 'self';", policy);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        string[] rules =
        [
            "img-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
            "require-trusted-types-for 'script'", "trusted-types worker", "worker-src 'self'", "manifest-src 'self'",
        ];
        foreach (var rule in rules)
            Assert.Contains($"; {rule}", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Opener-Policy")));
        Assert.Contains(
            "camera=(), ", Assert.Single(answer.Headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Server"));
    }

    public async ValueTask DisposeAsync()
    {
        _visitor.Dispose();
        await _server.DisposeAsync();
        _server.AssertNoWarningsLogged();
    }
}
