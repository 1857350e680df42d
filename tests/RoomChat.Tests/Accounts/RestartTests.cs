using RoomChat.Tests.Support;

namespace RoomChat.Tests.Accounts;

/// <summary>Whether a token counts is decided where the accounts are kept, whatever keys a restart has kept.</summary>
public sealed class RestartTests : IAsyncDisposable
{
    private const string Better = "another horse";

    private readonly RedisServer _redis = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("roomchat-keys-").FullName;
    private ChatServer? _server;
    private ApiClient _program = null!;

    [Fact]
    public async Task WithoutRedisEverySessionEndsWithTheServerAlsoForANewOwnerOfTheName()
    {
        await StartAsync(redis: "");
        await _program.SignUpAsync("ana");
        var signedOut = await _program.SignInAsync("ana");
        var open = await _program.SignInAsync("ana");
        await _program.SendAsync(HttpMethod.Delete, "/api/session", bearer: signedOut.Access);
        await StartAsync(redis: "");

        await AssertEndedAsync(signedOut);
        await AssertEndedAsync(open);
        await _program.SignUpAsync("ana", Better);
        await AssertEndedAsync(open);
        var again = await _program.SignInAsync("ana", Better);
        Assert.Equal(200, (await _program.GetAsync("/api/session", again.Access)).Status);
    }

    [Fact]
    public async Task WithoutRedisAnOldPasswordComesNotBackWithAChangedOne()
    {
        await StartAsync(redis: "");
        await _program.SignUpAsync("ana");
        var stolen = await _program.SignInAsync("ana");
        await ChangePasswordAsync();
        await StartAsync(redis: "");

        await AssertEndedAsync(stolen);
        foreach (var password in (string[])[ApiClient.Password, Better])
            Assert.Equal(
                "sign-in-failed", (await _program.PostAsync("/api/session", new { name = "ana", password })).Code);
    }

    [Fact]
    public async Task WithRedisASessionGoesOnAndWhatWasEndedStaysEnded()
    {
        await StartAsync(_redis.Setting);
        await _program.SignUpAsync("ana");
        var signedOut = await _program.SignInAsync("ana");
        var (access, used) = await _program.SignInAsync("ana");
        var next = (await _program.RefreshAsync(used)).Body.GetProperty("refreshToken").GetString()!;
        await _program.SendAsync(HttpMethod.Delete, "/api/session", bearer: signedOut.Access);
        await StartAsync(_redis.Setting);

        await AssertEndedAsync(signedOut);
        Assert.Equal(200, (await _program.GetAsync("/api/session", access)).Status);
        Assert.Equal(200, (await _program.RefreshAsync(next)).Status);
        Assert.Equal("name-taken", (await SignUpAgainAsync()).Code);
        await AssertEndedAsync((access, used));
    }

    [Fact]
    public async Task WithRedisAChangedPasswordIsTheOneThatCountsAndADeletedAccountIsGone()
    {
        await StartAsync(_redis.Setting);
        foreach (var name in (string[])["ana", "bo"]) await _program.SignUpAsync(name);
        var stolen = await _program.SignInAsync("ana");
        var deleted = await _program.SignInAsync("bo");
        await ChangePasswordAsync();
        await _program.DeleteAccountAsync(deleted.Access);
        await StartAsync(_redis.Setting);

        await AssertEndedAsync(stolen);
        await AssertEndedAsync(deleted);
        var old = await _program.PostAsync("/api/session", new { name = "ana", password = ApiClient.Password });
        Assert.Equal("sign-in-failed", old.Code);
        await _program.SignInAsync("ana", Better);
        Assert.Equal("name-taken", (await SignUpAgainAsync()).Code);
        await _program.SignUpAsync("bo", Better);
        await AssertEndedAsync(deleted);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _redis.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Anew, with the same keys.</summary>
    private async Task StartAsync(string redis)
    {
        await StopAsync();
        _server = new ChatServer(("Redis", redis), ("Keys", _folder), ("Accounts:AttemptsPerMinute", "0"));
        _program = await ApiClient.OfAsync(_server);
    }

    private async Task StopAsync()
    {
        if (_server is null) return;
        _program.Dispose();
        await _server.DisposeAsync();
        _server.AssertNoWarningsLogged();
    }

    private async Task ChangePasswordAsync()
    {
        using var browser = new Visitor(_server!);
        await browser.SubmitAsync(
            "/account/sign-in", "/account/sign-in", ("Name", "ana"), ("Password", ApiClient.Password));
        var changed = await browser.SubmitAsync(
            "/account", "/account", ("Password", ApiClient.Password), ("NewPassword", Better));
        Assert.Equal(200, (int)changed.StatusCode);
    }

    private Task<ApiAnswer> SignUpAgainAsync() =>
        _program.PostAsync("/api/accounts", new { name = "ana", password = Better });

    private async Task AssertEndedAsync((string Access, string Refresh) tokens)
    {
        Assert.Equal(401, (await _program.RefreshAsync(tokens.Refresh)).Status);
        Assert.Equal(401, (await _program.GetAsync("/api/session", tokens.Access)).Status);
    }
}
