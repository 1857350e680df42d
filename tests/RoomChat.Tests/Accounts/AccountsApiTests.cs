using System.Text.Json;
using RoomChat.Accounts;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Accounts;

public sealed class AccountsApiTests : IAsyncDisposable
{
    private readonly TestClock _clock = new();
    private readonly ChatServer _server;

    public AccountsApiTests() => _server = new ChatServer(
        services => services.AddSingleton<TimeProvider>(_clock),
        ("Accounts:AccessMinutes", "15"),
        ("Accounts:RefreshMinutes", "60"));

    [Fact]
    public async Task AProgramSignsUpAndInAndOut()
    {
        using var program = await ApiClient.OfAsync(_server);
        var up = await program.PostAsync("/api/accounts", new { name = " Ana ", password = ApiClient.Password });
        Assert.Equal("Ana", up.Body.GetProperty("name").GetString());

        var (access, refresh) = await program.SignInAsync("ANA");
        Assert.Equal("Ana", (await program.GetAsync("/api/session", access)).Body.GetProperty("name").GetString());

        Assert.Equal(204, (await program.SendAsync(HttpMethod.Delete, "/api/session", bearer: access)).Status);
        Assert.Equal((401, "not-signed-in"), StatusAndCode(await program.GetAsync("/api/session", access)));
        Assert.Equal(
            (401, "not-signed-in"),
            StatusAndCode(await program.PostAsync("/api/session/refresh", new { refreshToken = refresh })));
    }

    [Theory]
    [InlineData("ana")]
    [InlineData("ANA")]
    [InlineData("Ａｎａ")]
    public async Task ANameInAnotherCaseIsTheSameAccount(string name)
    {
        using var program = await ApiClient.OfAsync(_server);
        await program.SignUpAsync("Ana");

        Assert.Equal(
            (409, "name-taken"),
            StatusAndCode(await program.PostAsync("/api/accounts", new { name, password = ApiClient.Password })));
    }

    [Theory]
    [InlineData("", "correct horse", "name-invalid")]
    [InlineData("аna", "correct horse", "name-invalid")]
    [InlineData("ana", null, "password-invalid")]
    [InlineData("ana", "seven77", "password-invalid")]
    [InlineData("ana", "🐎🐎🐎🐎🐎🐎🐎", "password-invalid")]
    [InlineData("ana", "a password with \ufffe", "password-invalid")]
    [InlineData("ana", "password", "password-common")]
    [InlineData("ana", "Iloveyou", "password-common")]
    [InlineData("ana", "ｐａｓｓｗｏｒｄ", "password-common")]
    [InlineData("ana", "felicidade", "password-common")]
    public async Task AnInvalidNameOrPasswordIsRefused(string name, string? password, string code)
    {
        using var program = await ApiClient.OfAsync(_server);

        Assert.Equal((400, code), StatusAndCode(await program.PostAsync("/api/accounts", new { name, password })));
    }

    [Theory]
    [InlineData(8, 201)]
    [InlineData(128, 201)]
    [InlineData(129, 400)]
    public async Task APasswordHas8To128CharactersOfAnyKind(int length, int status)
    {
        using var program = await ApiClient.OfAsync(_server);

        var answer = await program.PostAsync("/api/accounts", new { name = "ana", password = new string('é', length) });
        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task APasswordIsTheSameHoweverAKeyboardComposesItsLetters()
    {
        using var program = await ApiClient.OfAsync(_server);
        await program.SignUpAsync("ana", "caf\u00e9 caf\u00e9");

        await program.SignInAsync("ana", "cafe\u0301 cafe\u0301");
    }

    [Fact]
    public async Task AWrongPasswordAndAnUnknownNameGetTheSameAnswer()
    {
        using var program = await ApiClient.OfAsync(_server);
        await program.SignUpAsync("ana");

        var wrong = await program.PostAsync("/api/session", new { name = "ana", password = "not the one" });
        var unknown = await program.PostAsync("/api/session", new { name = "bo", password = "not the one" });
        var impossible = await program.PostAsync("/api/session", new { name = "аna", password = "not the one" });

        Assert.Equal((401, "sign-in-failed"), StatusAndCode(wrong));
        Assert.Equal(wrong.ToString(), unknown.ToString());
        Assert.Equal(wrong.ToString(), impossible.ToString());
    }

    [CoversSetting<AccountSettings>(nameof(AccountSettings.AccessMinutes))]
    [CoversSetting<AccountSettings>(nameof(AccountSettings.RefreshMinutes))]
    [Fact]
    public async Task AnAccessTokenExpiresAndIsRenewedUntilTheRefreshTokenExpires()
    {
        using var program = await ApiClient.OfAsync(_server);
        await program.SignUpAsync("ana");
        var (access, refresh) = await program.SignInAsync("ana");
        Assert.Equal(200, (await program.GetAsync("/api/session", access)).Status);

        _clock.AdvanceSeconds(15 * 60 + 1);
        Assert.Equal((401, "not-signed-in"), StatusAndCode(await program.GetAsync("/api/session", access)));

        var renewed = (await program.PostAsync("/api/session/refresh", new { refreshToken = refresh })).Body;
        Assert.Equal(15 * 60, renewed.GetProperty("expiresIn").GetInt32());
        Assert.Equal(
            200, (await program.GetAsync("/api/session", renewed.GetProperty("accessToken").GetString())).Status);

        _clock.AdvanceSeconds(60 * 60);
        Assert.Equal(
            (401, "not-signed-in"),
            StatusAndCode(await program.PostAsync("/api/session/refresh", new { refreshToken = refresh })));
        Assert.Equal((401, "not-signed-in"),
            StatusAndCode(
                await program.PostAsync(
                    "/api/session/refresh", new { refreshToken = renewed.GetProperty("refreshToken").GetString() })));
    }

    [Fact]
    public async Task SigningOutEndsOneSessionAndItsRenewedTokens()
    {
        using var program = await ApiClient.OfAsync(_server);
        await program.SignUpAsync("ana");
        var here = await program.SignInAsync("ana");
        var there = await program.SignInAsync("ana");
        var renewed = (await program.PostAsync("/api/session/refresh", new { refreshToken = here.Refresh }))
            .Body.GetProperty("accessToken").GetString();

        await program.SendAsync(HttpMethod.Delete, "/api/session", bearer: here.Access);

        Assert.Equal(401, (await program.GetAsync("/api/session", renewed)).Status);
        Assert.Equal(200, (await program.GetAsync("/api/session", there.Access)).Status);
    }

    [Fact]
    public async Task ASecondUseOfARefreshTokenEndsItsWholeSessionAndNoOther()
    {
        using var program = await ApiClient.OfAsync(_server);
        await program.SignUpAsync("ana");
        var (access, refresh) = await program.SignInAsync("ana");
        var other = await program.SignInAsync("ana");
        await using var member = await ChatClient.ConnectAsync(_server);
        await member.CallAsync("JoinRoom", new { room = await program.CreateRoomAsync(), token = access });
        var second = (await program.RefreshAsync(refresh)).Body;
        var third = await program.RefreshAsync(second.GetProperty("refreshToken").GetString()!);
        Assert.Equal(200, third.Status);

        Assert.Equal((401, "not-signed-in"), StatusAndCode(await program.RefreshAsync(refresh)));

        foreach (var token in new[] { access, AccessIn(second), AccessIn(third.Body) })
            Assert.Equal(401, (await program.GetAsync("/api/session", token)).Status);
        Assert.Equal(401, (await program.RefreshAsync(third.Body.GetProperty("refreshToken").GetString()!)).Status);
        Assert.Equal("signed-out", (await member.ClosedNotice.Task.Soon()).GetProperty("reason").GetString());
        Assert.Equal(200, (await program.GetAsync("/api/session", other.Access)).Status);
        Assert.Equal(200, (await program.RefreshAsync(other.Refresh)).Status);
    }

    [Fact]
    public async Task OfManyWhoUseARefreshTokenAtOnceOneIsGivenAnother()
    {
        using var program = await ApiClient.OfAsync(_server);
        await program.SignUpAsync("ana");
        var (_, refresh) = await program.SignInAsync("ana");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => program.RefreshAsync(refresh)));

        var renewed = Assert.Single(answers, answer => answer.Status == 200);
        Assert.Equal(401, (await program.GetAsync("/api/session", AccessIn(renewed.Body))).Status);
    }

    [Fact]
    public async Task OnesSessionsAreListedAndCanBeEnded()
    {
        using var program = await ApiClient.OfAsync(_server);
        using var browser = new Visitor(_server);
        foreach (var name in (string[])["ana", "bo"]) await program.SignUpAsync(name);
        var (access, _) = await program.SignInAsync("ana");
        await program.SignInAsync("bo");
        _clock.AdvanceSeconds(90);
        await browser.SubmitAsync(
            "/account/sign-in", "/account/sign-in", ("Name", "ana"), ("Password", ApiClient.Password));

        var sessions = (await program.GetAsync("/api/sessions", access)).Body.GetProperty("sessions");
        Assert.Equal(["program True", "browser False"], sessions.EnumerateArray().Select(session =>
            $"{session.GetProperty("kind")} {session.TryGetProperty("current", out _)}"));
        Assert.Equal("2026-01-31T10:00:00.000Z", sessions[0].GetProperty("begun").GetString());
        Assert.Equal("2026-01-31T10:01:30.000Z", sessions[1].GetProperty("used").GetString());

        var other = $"/api/sessions/{sessions[1].GetProperty("id")}";
        Assert.Equal(204, (await program.SendAsync(HttpMethod.Delete, other, bearer: access)).Status);
        Assert.Equal(
            (404, "session-not-found"),
            StatusAndCode(await program.SendAsync(HttpMethod.Delete, other, bearer: access)));
        Assert.DoesNotContain("Sign out", await browser.ReadAsync("/"), StringComparison.Ordinal);

        var own = $"/api/sessions/{sessions[0].GetProperty("id")}";
        var bo = await program.SignInAsync("bo");
        Assert.Equal(404, (await program.SendAsync(HttpMethod.Delete, own, bearer: bo.Access)).Status);
        Assert.Equal(204, (await program.SendAsync(HttpMethod.Delete, own, bearer: access)).Status);
        Assert.Equal(401, (await program.GetAsync("/api/sessions", access)).Status);
        Assert.Equal(401, (await program.SendAsync(HttpMethod.Delete, own, bearer: access)).Status);
    }

    [Fact]
    public async Task AnAccessTokenAndARefreshTokenAreNotInterchangeable()
    {
        using var program = await ApiClient.OfAsync(_server);
        await program.SignUpAsync("ana");
        var (access, refresh) = await program.SignInAsync("ana");

        Assert.Equal(401, (await program.GetAsync("/api/session", refresh)).Status);
        Assert.Equal(401, (await program.PostAsync("/api/session/refresh", new { refreshToken = access })).Status);
        Assert.Equal(401, (await program.GetAsync("/api/session", "nonsense")).Status);
        Assert.Equal(401, (await program.GetAsync("/api/session", access[..^4])).Status);
    }

    [Fact]
    public async Task ATokenIsNotASeatAndASeatIsNotAToken()
    {
        using var program = await ApiClient.OfAsync(_server);
        await program.SignUpAsync("ana");
        var (access, _) = await program.SignInAsync("ana");
        var room = await program.CreateRoomAsync();
        var joined = await program.PostAsync($"/api/rooms/{room}/members", new { token = access });
        var seat = joined.Body.GetProperty("seat").GetString();

        Assert.Equal(
            (401, "not-in-room"),
            StatusAndCode(await program.PostAsync($"/api/rooms/{room}/messages", new { text = "hi" }, access)));
        Assert.Equal((401, "not-signed-in"), StatusAndCode(await program.GetAsync("/api/session", seat)));
        Assert.Equal(201, (await program.PostAsync($"/api/rooms/{room}/messages", new { text = "hi" }, seat)).Status);
    }

    [Fact]
    public async Task AProgramJoinsAsItsAccountAndIsMarkedAsRegistered()
    {
        using var program = await ApiClient.OfAsync(_server);
        await program.SignUpAsync("Ana");
        var (access, _) = await program.SignInAsync("ana");
        var room = await program.CreateRoomAsync();
        await using var guest = await ChatClient.JoinedAsync(_server, room, "bo");

        Assert.Equal(
            (409, "name-reserved"),
            StatusAndCode(await program.PostAsync($"/api/rooms/{room}/members", new { name = "ana" })));
        Assert.Equal(
            (401, "not-signed-in"),
            StatusAndCode(
                await program.PostAsync($"/api/rooms/{room}/members", new { name = "ana", token = "nonsense" })));

        var joined = await program.PostAsync($"/api/rooms/{room}/members", new { name = "ana", token = access });
        var seat = joined.Body.GetProperty("seat").GetString();
        Assert.Equal([false, true], joined.Body.GetProperty("users").EnumerateArray().Select(IsRegistered));
        await program.PostAsync($"/api/rooms/{room}/messages", new { text = "hi" }, seat);

        await guest.WaitForTextAsync("hi");
        Assert.Equal(
            [("bo", false), ("Ana", true), ("Ana", true)],
            guest.Events.Select(line => (line.GetProperty("from").GetString(), IsRegistered(line))));
    }

    [Fact]
    public async Task AMemberLeavesTheRoomWhenItsSessionEnds()
    {
        using var program = await ApiClient.OfAsync(_server);
        await program.SignUpAsync("ana");
        var (access, _) = await program.SignInAsync("ana");
        var room = await program.CreateRoomAsync();
        await using var guest = await ChatClient.JoinedAsync(_server, room, "bo");
        var seat = (await program.PostAsync($"/api/rooms/{room}/members", new { token = access }))
            .Body.GetProperty("seat").GetString();
        await using var hub = await ChatClient.ConnectAsync(_server);
        await hub.CallAsync("JoinRoom", new { room, token = access });

        await program.SendAsync(HttpMethod.Delete, "/api/session", bearer: access);

        Assert.Equal("signed-out", (await hub.ClosedNotice.Task.Soon()).GetProperty("reason").GetString());
        Assert.Equal(
            (401, "not-in-room"),
            StatusAndCode(await program.PostAsync($"/api/rooms/{room}/messages", new { text = "hi" }, seat)));
        await Wait.UntilAsync(
            () => guest.Events.Any(line => line.GetProperty("type").GetString() == "left"), "ana to be gone");
    }

    [CoversSetting<AccountSettings>(nameof(AccountSettings.Enabled))]
    [Fact]
    public async Task AServerWithoutAccountsOffersNoAccountEndpoints()
    {
        await using var server = new ChatServer(("Accounts:Enabled", "false"));
        using var program = await ApiClient.OfAsync(server);

        Assert.Equal(
            404,
            (await program.PostAsync("/api/accounts", new { name = "ana", password = ApiClient.Password })).Status);
        using var visitor = new Visitor(server);
        Assert.Equal(404, (int)(await visitor.GetAsync("/account/sign-up")).StatusCode);
        Assert.DoesNotContain("Sign in", await visitor.ReadAsync("/"), StringComparison.Ordinal);
        await using var client = await ChatClient.ConnectAsync(server);
        Assert.Equal(
            "not-signed-in",
            (await client.CallAsync("OpenDirect", new { with = "bo" })).GetProperty("refused").GetString());
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _server.AssertNoWarningsLogged();
    }

    private static (int, string?) StatusAndCode(ApiAnswer answer) => (answer.Status, answer.Code);

    private static string? AccessIn(JsonElement tokens) => tokens.GetProperty("accessToken").GetString();

    private static bool IsRegistered(JsonElement row) =>
        row.TryGetProperty("registered", out var registered) && registered.GetBoolean();
}
