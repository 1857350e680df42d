using System.Net;
using System.Text.RegularExpressions;
using RoomChat.Accounts;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Accounts;

public sealed partial class CookieTests : IAsyncDisposable
{
    private readonly TestClock _clock = new();
    private readonly List<ChatServer> _servers = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("roomchat-keys-").FullName;

    [Fact]
    public async Task NeitherScriptsNorOtherSitesGetTheCookie()
    {
        using var visitor = new Visitor(Server());
        var cookie = SessionCookie(await SignUpAsync(visitor))!;

        Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("; secure", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task ACookieSetOverHttpsIsSentOverHttpsOnly()
    {
        using var visitor = new Visitor(Server(services => services.AddSingleton<IStartupFilter, OnHttps>()));

        Assert.Contains("; secure", SessionCookie(await SignUpAsync(visitor)), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task TheCookieOfFormsIsSecureOnHttps()
    {
        using var visitor = new Visitor(Server(services => services.AddSingleton<IStartupFilter, OnHttps>()));

        var cookies = (await visitor.GetAsync("/account/sign-in")).Headers.GetValues("Set-Cookie");

        var cookie = Assert.Single(cookies, set => set.Contains("Antiforgery", StringComparison.Ordinal));
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task KeysAreForAnApprovedModeAndOnlyTheServerReadsThem()
    {
        await SignUpAsync(new Visitor(Server(keys: _folder)));

        var key = Assert.Single(Directory.GetFiles(_folder));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
        Assert.Contains("AES_256_GCM", File.ReadAllText(key), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SigningInAgainEndsTheSessionBefore()
    {
        using var visitor = new Visitor(Server());
        var before = SessionCookie(await SignUpAsync(visitor))!.Split(';')[0];
        using var copy = new HttpRequestMessage(HttpMethod.Get, "/account") { Headers = { { "Cookie", before } } };

        await visitor.SubmitAsync(
            "/account/sign-in", "/account/sign-in", ("Name", "ana"), ("Password", ApiClient.Password));

        using var thief = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = _servers[0].Address,
        };
        var answer = await thief.SendAsync(copy, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Single(Regex.Matches(await visitor.ReadAsync("/account"), "id=\"session-"));
    }

    [Theory]
    [InlineData("/account?handler=SignOut")]
    [InlineData("/account/delete")]
    public async Task ReadingAPageSignsNobodyOut(string path)
    {
        using var visitor = new Visitor(Server());
        await SignUpAsync(visitor);

        await visitor.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task EveryPageOfSomebodySignedInCanSignOut()
    {
        var server = Server();
        using var visitor = new Visitor(server);
        await SignUpAsync(visitor);
        var program = await ApiClient.OfAsync(server);
        await program.SignUpAsync("bo");
        var (access, _) = await program.SignInAsync("ana");
        var opened = await program.PostAsync("/api/direct", new { with = "bo" }, access);
        var direct = opened.Body.GetProperty("room").GetString();

        foreach (var path in new[] { "/", $"/r/{direct}", "/account", "/account/delete" })
            Assert.Contains("handler=SignOut", await visitor.ReadAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task APageOfSomebodySignedInIsNotCached()
    {
        var server = Server();
        using var visitor = new Visitor(server);
        await SignUpAsync(visitor);
        var room = $"{server.Lobby.Create().OrFail().Code}";

        foreach (var path in new[] { "/", $"/r/{room}", "/account" })
            Assert.True((await visitor.GetAsync(path)).Headers.CacheControl?.NoStore, path);
    }

    [CoversSetting<AccountSettings>(nameof(AccountSettings.SessionMinutes))]
    [Fact]
    public async Task ASessionIsShortAndRenewedByUse()
    {
        using var visitor = new Visitor(Server());
        await SignUpAsync(visitor);

        _clock.AdvanceSeconds(20 * 60);
        Assert.Null(SessionCookie(await visitor.GetAsync("/")));
        _clock.AdvanceSeconds(20 * 60);
        Assert.NotNull(SessionCookie(await visitor.GetAsync("/")));
        _clock.AdvanceSeconds(50 * 60);
        Assert.Contains("Sign out", await visitor.ReadAsync("/"), StringComparison.Ordinal);

        _clock.AdvanceSeconds(61 * 60);
        Assert.DoesNotContain("Sign out", await visitor.ReadAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SigningOutEndsTheSessionEvenForACopyOfItsCookie()
    {
        var server = Server();
        using var visitor = new Visitor(server);
        var copied = SessionCookie(await SignUpAsync(visitor))!.Split(';')[0];
        using var copy =
            new HttpClient { BaseAddress = server.Address, DefaultRequestHeaders = { { "Cookie", copied } } };
        Assert.Contains(
            "Sign out",
            await copy.GetStringAsync("/", TestContext.Current.CancellationToken).Soon(),
            StringComparison.Ordinal);

        await visitor.SubmitAsync("/account?handler=SignOut", "/");

        Assert.DoesNotContain("Sign out", await visitor.ReadAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Sign out",
            await copy.GetStringAsync("/", TestContext.Current.CancellationToken).Soon(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task SigningInReturnsToThePageBeforeButNeverToAnotherSite()
    {
        using var visitor = new Visitor(Server());
        Assert.Equal("/r/K7M2QX", (await SignUpAsync(visitor, "ana", "/r/K7M2QX")).Headers.Location?.ToString());
        Assert.Equal("/", (await SignUpAsync(visitor, "bo", "https://example.org/")).Headers.Location?.ToString());
        Assert.Equal("/", (await SignUpAsync(visitor, "cy", "//example.org/")).Headers.Location?.ToString());
    }

    [Fact]
    public async Task TheAccountPageIsOnlyForSignedInUsers()
    {
        using var visitor = new Visitor(Server());

        var answer = await visitor.GetAsync("/account");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith("/account/sign-in", answer.Headers.Location?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutScriptsAPageListsTheSessionsAndEndsOthers()
    {
        var server = Server();
        using var visitor = new Visitor(server);
        await SignUpAsync(visitor);
        using var program = await ApiClient.OfAsync(server);
        var (access, _) = await program.SignInAsync("ana");
        var page = await visitor.ReadAsync("/account");
        Assert.Contains("<strong>Program</strong>", page, StringComparison.Ordinal);
        Assert.Contains("<strong>Browser</strong>", page, StringComparison.Ordinal);
        Assert.Contains("2026-01-31 10:00 UTC", page, StringComparison.Ordinal);
        var id = SessionToEnd().Match(page).Groups["id"].Value;

        var ended = await visitor.SubmitAsync("/account?handler=End", "/account", ("id", id));

        Assert.Equal("/account", ended.Headers.Location?.ToString());
        Assert.Equal(401, (await program.GetAsync("/api/session", access)).Status);
        Assert.DoesNotContain("Program", await visitor.ReadAsync("/account"), StringComparison.Ordinal);
        Assert.Equal(302, (int)(await visitor.SubmitAsync("/account?handler=End", "/account", ("id", id))).StatusCode);
    }

    [CoversSetting<KeySettings>(nameof(KeySettings.Keys))]
    [Fact]
    public async Task AFormThatWasOpenedBeforeARestartIsTakenAfterItWithAKeyFolder()
    {
        var form = await new Visitor(Server(keys: _folder)).GetAsync("/account/sign-up");
        var cookie = form.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        var token = Visitor.TokenIn(await Visitor.ReadAsync(form));

        foreach (var (keys, isTaken) in new[] { (_folder, true), ("", false) })
        {
            using var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false };
            using var client = new HttpClient(handler) { BaseAddress = Server(keys: keys).Address };
            client.DefaultRequestHeaders.Add("Cookie", cookie);
            using var fields = new FormUrlEncodedContent(
            [
                new("Name", "ana"), new("Password", ApiClient.Password), new("__RequestVerificationToken", token),
            ]);
            var answer = await client.PostAsync("/account/sign-up", fields, TestContext.Current.CancellationToken)
                .Soon();
            Assert.Equal(isTaken, SessionCookie(answer) is not null);
        }
        Assert.NotEmpty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task ASessionEndsWithTheServerAlthoughTheKeysAreKept()
    {
        var cookie = SessionCookie(await SignUpAsync(new Visitor(Server(keys: _folder))))!.Split(';')[0];
        using var client = new HttpClient { BaseAddress = Server(keys: _folder).Address };
        client.DefaultRequestHeaders.Add("Cookie", cookie);

        Assert.DoesNotContain(
            "Sign out",
            await client.GetStringAsync("/", TestContext.Current.CancellationToken).Soon(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task ThePagesSayIfAccountsEndWithTheServer()
    {
        using var visitor = new Visitor(Server());

        foreach (var page in (string[])["/account/sign-up", "/account/sign-in"])
            Assert.Equal(
                RedisServer.OfThisRun is null,
                (await visitor.ReadAsync(page)).Contains("server&#x27;s memory", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
            server.AssertNoWarningsLogged();
        }
        Directory.Delete(_folder, recursive: true);
    }

    private ChatServer Server(Action<IServiceCollection>? configure = null, string keys = "")
    {
        var server = new ChatServer(
            services =>
            {
                services.AddSingleton<TimeProvider>(_clock);
                configure?.Invoke(services);
            },
            ("Accounts:SessionMinutes", "60"), ("Keys", keys));
        _servers.Add(server);
        return server;
    }

    private static Task<HttpResponseMessage> SignUpAsync(Visitor visitor, string name = "ana", string back = "") =>
        visitor.SubmitAsync(
            "/account/sign-up", "/account/sign-up", ("Name", name), ("Password", ApiClient.Password), ("Return", back));

    private static string? SessionCookie(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Set-Cookie", out var cookies)
            ? cookies.FirstOrDefault(cookie => cookie.StartsWith("RoomChat=", StringComparison.Ordinal))
            : null;

    [GeneratedRegex("""name="id" value="(?<id>[^"]+)""")]
    private static partial Regex SessionToEnd();

    /// <summary>Marks every request as received over HTTPS.</summary>
    private sealed class OnHttps : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, on) =>
            {
                context.Request.Scheme = "https";
                return on(context);
            });
            next(app);
        };
    }
}
