using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using RoomChat.Accounts;
using RoomChat.Redis;
using RoomChat.Tests.Support;
using RoomChat.Web;
using StackExchange.Redis;

namespace RoomChat.Tests.Accounts;

/// <summary>Two servers with one Redis have the same accounts and sessions.</summary>
public sealed class SharedAccountsTests : IAsyncLifetime
{
    private const string Better = "another horse";

    private readonly RedisServer _redis = new(appendFsync: "always");
    private readonly List<ChatServer> _servers = [];
    private readonly List<ApiClient> _programs = [];
    private ApiClient _here = null!, _there = null!;

    public async ValueTask InitializeAsync()
    {
        _here = await ProgramOfAsync(Server());
        _there = await ProgramOfAsync(Server());
    }

    [Fact]
    public async Task OfManySignUpsUnderOneNameAtOnceOneSucceeds()
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => SignUpAsync(i % 2 == 0 ? _here : _there, i < 4 ? "ana" : "ANA")));

        Assert.Single(answers, answer => answer.Status == 201);
        Assert.All(answers.Where(answer => answer.Status != 201), answer => Assert.Equal("name-taken", answer.Code));
    }

    [CoversSetting<RedisSettings>(nameof(RedisSettings.Redis))]
    [Fact]
    public async Task WhoSignsUpHereSignsInThereAndIsShownTheSameName()
    {
        await _here.SignUpAsync("Ana");
        var (access, refresh) = await _there.SignInAsync("ana");

        foreach (var program in _programs)
        {
            var session = await program.GetAsync("/api/session", access);
            Assert.Equal("Ana", session.Body.GetProperty("name").GetString());
            var renewed = await program.RefreshAsync(refresh);
            Assert.Equal(200, renewed.Status);
            refresh = renewed.Body.GetProperty("refreshToken").GetString()!;
        }
    }

    [Fact]
    public async Task ANameIsReservedOnEveryServerAsSoonAsItHasAnAccount()
    {
        var room = await _there.CreateRoomAsync();
        await _here.SignUpAsync("ana");

        var joined = await _there.PostAsync($"/api/rooms/{room}/members", new { name = "Ana" });
        Assert.Equal((409, "name-reserved"), (joined.Status, joined.Code));
        Assert.Equal("name-taken", (await SignUpAsync(_there, "Ana")).Code);
    }

    [Fact]
    public async Task ANameThatLooksLikeAnAccountsIsReservedOnEveryServer()
    {
        var room = await _there.CreateRoomAsync();
        await _here.SignUpAsync("Paul");

        foreach (var lookalike in new[] { "pauI", "PAU1" })
        {
            var joined = await _there.PostAsync($"/api/rooms/{room}/members", new { name = lookalike });
            Assert.Equal((409, "name-reserved"), (joined.Status, joined.Code));
            Assert.Equal("name-taken", (await SignUpAsync(_there, lookalike)).Code);
        }
        await SignUpAsync(_there, "Paula");
    }

    [Fact]
    public async Task AnAccountOfAnEarlierVersionIsFoundByItsLookAndKeepsItsName()
    {
        foreach (var server in _servers) await server.DisposeAsync();
        using var redis = await ConnectionMultiplexer.ConnectAsync(_redis.Setting);
        var database = redis.GetDatabase();
        Assert.True(RoomChat.Rooms.Name.TryRead("Pau1 ◆", 20, out var earlier));
        using (var passwords = new PasswordHashing())
        {
            var hash = (await passwords.HashAsync(ApiClient.Password, IPAddress.Loopback)).OrFail();
            await database.HashSetAsync("{accounts}", earlier.Key, StoredAccount.Write(new Account(earlier, hash)));
        }
        await database.HashSetAsync(
            "{accounts}", "PAUL", StoredAccount.Write(new Account(RoomChat.Rooms.Name.Restore("Paul"), "")));
        await database.KeyDeleteAsync("{accounts}:looks");

        var program = await ProgramOfAsync(Server());
        await Wait.UntilAsync(() => database.HashExists("{accounts}:looks", ""), "the looks of accounts to be kept");

        Assert.Equal("name-taken", (await SignUpAsync(program, "pauI")).Code);
        var (access, _) = await program.SignInAsync("PAU1 ◆");
        Assert.Equal("Pau1 ◆", (await program.GetAsync("/api/session", access)).Body.GetProperty("name").GetString());
        var room = await program.CreateRoomAsync();
        var joined = await program.PostAsync($"/api/rooms/{room}/members", new { name = "pau1 ◆", token = access });
        Assert.Equal(201, joined.Status);
    }

    [Fact]
    public async Task TheLimitHoldsOverAllServers()
    {
        var few = await ProgramOfAsync(Server(("Accounts:Limit", "2")));
        await _here.SignUpAsync("ana");
        await few.SignUpAsync("bo");

        var third = await SignUpAsync(few, "cy");
        Assert.Equal((503, "server-full"), (third.Status, third.Code));
    }

    [Fact]
    public async Task WhatRedisHasLostSinceItWasKilledIsWrittenAgain()
    {
        await _here.SignUpAsync("ana");
        var ended = await _here.SignInAsync("ana");
        var kept = _redis.FileLength;
        await _here.SignUpAsync("bo");
        var begun = await _there.SignInAsync("bo");
        await _here.SendAsync(HttpMethod.Delete, "/api/session", bearer: ended.Access);

        _redis.KillAndLoseAfter(kept);
        _redis.Restart();
        var third = await ProgramOfAsync(Server());
        foreach (var program in new[] { _here, _there, third })
        {
            while ((await program.GetAsync("/health/ready")).Status != 200)
                await Task.Delay(100, TestContext.Current.CancellationToken);
            Assert.Equal(200, (await program.GetAsync("/api/session", begun.Access)).Status);
            Assert.Equal(401, (await program.GetAsync("/api/session", ended.Access)).Status);
        }
    }

    [Fact]
    public async Task SigningOutHereEndsTheSessionThereAtOnce()
    {
        await _here.SignUpAsync("ana");
        var ended = await _here.SignInAsync("ana");
        var other = await _here.SignInAsync("ana");
        Assert.Equal(200, (await _there.GetAsync("/api/session", ended.Access)).Status);

        await _here.SendAsync(HttpMethod.Delete, "/api/session", bearer: ended.Access);

        Assert.Equal(401, (await _there.GetAsync("/api/session", ended.Access)).Status);
        Assert.Equal(
            401, (await _there.RefreshAsync(ended.Refresh)).Status);
        Assert.Equal(200, (await _there.GetAsync("/api/session", other.Access)).Status);
    }

    [Fact]
    public async Task SigningOutHereClosesTheMemberThere()
    {
        await _here.SignUpAsync("ana");
        var (access, _) = await _here.SignInAsync("ana");
        await using var member = await JoinThereAsync(access);

        await _here.SendAsync(HttpMethod.Delete, "/api/session", bearer: access);

        Assert.Equal("signed-out", await ClosedAsync(member));
    }

    [Fact]
    public async Task OfTwoServersThatAreShownARefreshTokenAtOnceOneRenewsItAndTheSessionEnds()
    {
        await _here.SignUpAsync("ana");
        var (access, refresh) = await _here.SignInAsync("ana");
        await using var member = await JoinThereAsync(access);

        var answers = await Task.WhenAll(_programs.Select(program => program.RefreshAsync(refresh)));

        Assert.Equal([200, 401], answers.Select(answer => answer.Status).Order());
        Assert.Equal("signed-out", await ClosedAsync(member));
        var renewed = answers.Single(answer => answer.Status == 200).Body;
        foreach (var program in _programs)
        {
            Assert.Equal(
                401, (await program.GetAsync("/api/session", renewed.GetProperty("accessToken").GetString())).Status);
            Assert.Equal(401, (await program.RefreshAsync(renewed.GetProperty("refreshToken").GetString()!)).Status);
        }
    }

    [Fact]
    public async Task ASessionIsListedAndEndedFromAnotherServer()
    {
        await _here.SignUpAsync("ana");
        var ended = await _here.SignInAsync("ana");
        var (access, _) = await _there.SignInAsync("ana");
        await using var member = await JoinThereAsync(ended.Access);
        var sessions = (await _there.GetAsync("/api/sessions", access)).Body.GetProperty("sessions");
        var other = sessions.EnumerateArray().Single(session => !session.TryGetProperty("current", out _))
            .GetProperty("id");

        Assert.Equal(204, (await _here.SendAsync(HttpMethod.Delete, $"/api/sessions/{other}", bearer: access)).Status);

        Assert.Equal("signed-out", await ClosedAsync(member));
        Assert.Equal(401, (await _there.GetAsync("/api/session", ended.Access)).Status);
        Assert.Equal(200, (await _there.GetAsync("/api/session", access)).Status);
    }

    [Fact]
    public async Task ADeletedAccountIsGoneOnEveryServerWithItsSessionsItsMembersAndItsDirectChats()
    {
        foreach (var name in (string[])["Ana", "Bo"]) await _here.SignUpAsync(name);
        var (ana, _) = await _here.SignInAsync("ana");
        var (bo, _) = await _there.SignInAsync("bo");
        await using var member = await JoinThereAsync(ana);
        var direct = (await _here.PostAsync("/api/direct", new { with = "bo" }, ana)).Body.GetProperty("room");
        await using var partner = await ChatClient.ConnectAsync(_servers[1]);
        await partner.CallAsync("JoinRoom", new { room = direct.GetString(), token = bo });
        await partner.SendAsync("between us");

        Assert.Equal(204, (await _here.DeleteAccountAsync(ana)).Status);

        Assert.Equal("signed-out", await ClosedAsync(member));
        Assert.Equal("room-closed", await ClosedAsync(partner));
        Assert.Equal(401, (await _there.GetAsync("/api/session", ana)).Status);
        Assert.Equal("account-not-found", (await _there.PostAsync("/api/direct", new { with = "ana" }, bo)).Code);
        await _there.SignUpAsync("ANA", Better);
        Assert.Equal(401, (await _here.GetAsync("/api/session", ana)).Status);
    }

    [Fact]
    public async Task AGuestOnAnotherServerIsGivenAnotherNameWhenTheOwnerOfItsNameComes()
    {
        var room = await _there.CreateRoomAsync();
        await using var guest = await ChatClient.JoinedAsync(_servers[1], room, "ana");
        await _here.SignUpAsync("Ana");
        var (access, _) = await _here.SignInAsync("ana");

        var joined = await _here.PostAsync($"/api/rooms/{room}/members", new { token = access });

        Assert.Equal(201, joined.Status);
        await guest.WaitForSeqAsync(3);
        Assert.Equal("Ana 2", guest.Events[1].GetProperty("to").GetString());
        Assert.True(guest.Events[1].GetProperty("reserved").GetBoolean());
        await guest.SendAsync("still here");
        await guest.WaitForTextAsync("still here");
        Assert.Equal("Ana 2", guest.Events[^1].GetProperty("from").GetString());
        Assert.False(guest.ClosedNotice.Task.IsCompleted);
    }

    [Fact]
    public async Task AMemberIsClosedAlthoughTheMessageThatItsSessionEndedWasLost()
    {
        await _here.SignUpAsync("ana");
        var (access, _) = await _here.SignInAsync("ana");
        await using var member = await JoinThereAsync(access);
        using var redis = await ConnectionMultiplexer.ConnectAsync(_redis.Setting);

        var known = (string)(await redis.GetDatabase().HashGetAsync("{accounts}", "ANA"))!;
        var epoch = JsonDocument.Parse(known).RootElement.GetProperty("Epoch").GetString()!;
        await redis.GetDatabase().HashSetAsync(
            "{accounts}", "ANA", known.Replace(epoch, "0", StringComparison.Ordinal));

        Assert.Equal("signed-out", await ClosedAsync(member));
    }

    [Fact]
    public async Task ChangingThePasswordHereEndsTheOtherSessionsThere()
    {
        using var browser = new Visitor(_servers[0]);
        await browser.SubmitAsync(
            "/account/sign-up", "/account/sign-up", ("Name", "ana"), ("Password", ApiClient.Password));
        var (access, _) = await _there.SignInAsync("ana");
        await using var member = await JoinThereAsync(access);

        await browser.SubmitAsync(
            "/account", "/account", ("Password", ApiClient.Password), ("NewPassword", Better));

        Assert.Equal("signed-out", await ClosedAsync(member));
        Assert.Equal(401, (await _there.GetAsync("/api/session", access)).Status);
        Assert.Contains("Sign out", await browser.ReadAsync("/"), StringComparison.Ordinal);
        var old = await _there.PostAsync("/api/session", new { name = "ana", password = ApiClient.Password });
        Assert.Equal("sign-in-failed", old.Code);
        await _there.SignInAsync("ana", Better);
    }

    [Fact]
    public async Task AccountsAndSessionsOutliveAllServers()
    {
        await _here.SignUpAsync("Ana");
        var (access, _) = await _here.SignInAsync("ana");
        foreach (var server in _servers) await server.DisposeAsync();

        var after = await ProgramOfAsync(Server());

        Assert.Equal(200, (await after.GetAsync("/api/session", access)).Status);
        await after.SignInAsync("ana");
        Assert.Equal("name-taken", (await SignUpAsync(after, "ana")).Code);
    }

    [Fact]
    public async Task AServerWithoutTheSettingConnectsToNoRedisAndHasAccountsOfItsOwn()
    {
        await using var alone = new ChatServer(("Redis", ""));
        using var program = await ApiClient.OfAsync(alone);
        await _here.SignUpAsync("ana");
        await program.SignUpAsync("ana");

        Assert.IsType<InMemoryAccountStore>(alone.Services.GetRequiredService<IAccountStore>());
        Assert.IsType<XmlKeyManager>(alone.Services.GetRequiredService<IKeyManager>());
        // Whatever connects would ask for this first.
        Assert.Throws<ArgumentException>(alone.Services.GetRequiredService<RedisConnection>);
    }

    [Fact]
    public async Task WhileRedisIsAwayOnlyWhoWasJustRecognizedStillIsAndTheRestIsRefused()
    {
        await _here.SignUpAsync("ana");
        var (access, _) = await _here.SignInAsync("ana");
        Assert.Equal(200, (await _here.GetAsync("/api/session", access)).Status);

        _redis.Kill();

        Assert.Equal(200, (await _here.GetAsync("/api/session", access)).Status);
        var credentials = new { name = "ana", password = ApiClient.Password };
        ApiAnswer[] refused =
        [
            await _there.GetAsync("/api/session", access),
            await _here.SendAsync(HttpMethod.Delete, "/api/session", bearer: access),
            await _here.PostAsync("/api/session", credentials),
            await SignUpAsync(_here, "bo"),
            await _here.PostAsync("/api/direct", new { with = "bo" }, access),
        ];
        Assert.All(refused, answer => Assert.Equal((503, "unavailable"), (answer.Status, answer.Code)));
        Assert.All(refused, answer => Assert.NotNull(answer.Raw.Headers.RetryAfter));

        using var browser = new Visitor(_servers[0]);
        var page = await browser.SubmitAsync(
            "/account/sign-in", "/account/sign-in", ("Name", "ana"), ("Password", ApiClient.Password));
        Assert.Equal(503, (int)page.StatusCode);
    }

    [Fact]
    public async Task AServerThatCouldNotReadTheKeysYetDoesNotCallATokenInvalid()
    {
        await _here.SignUpAsync("ana");
        var (access, _) = await _here.SignInAsync("ana");
        _redis.Kill();

        var answer = await (await ProgramOfAsync(Server())).GetAsync("/api/session", access);

        Assert.Equal((503, "unavailable"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task WhileRedisIsAwayABrowserIsNotTakenForAGuest()
    {
        using var browser = new Visitor(_servers[0]);
        var signedUp = await browser.SubmitAsync(
            "/account/sign-up", "/account/sign-up", ("Name", "ana"), ("Password", ApiClient.Password));
        var cookie = signedUp.Headers.GetValues("Set-Cookie")
            .First(text => text.StartsWith("RoomChat=", StringComparison.Ordinal));
        using var there = new HttpClient { BaseAddress = _servers[1].Address };
        there.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);

        _redis.Kill();

        foreach (var path in (string[])["/", "/account", "/r/K7M2QX"])
            Assert.Equal(503, (int)(await there.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
        _redis.Restart();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var program in _programs) program.Dispose();
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
            server.AssertNoWarningsLogged();
        }
        _redis.Dispose();
    }

    private ChatServer Server(params (string, string)[] settings)
    {
        var server = new ChatServer(
            [.. settings, ("Redis", _redis.Setting), ("Accounts:AttemptsPerMinute", "0")]);
        _servers.Add(server);
        return server;
    }

    private async Task<ApiClient> ProgramOfAsync(ChatServer server)
    {
        var program = await ApiClient.OfAsync(server);
        _programs.Add(program);
        return program;
    }

    private static Task<ApiAnswer> SignUpAsync(ApiClient program, string name) =>
        program.PostAsync("/api/accounts", new { name, password = ApiClient.Password });

    private async Task<ChatClient> JoinThereAsync(string token)
    {
        var member = await ChatClient.ConnectAsync(_servers[1]);
        await member.CallAsync("JoinRoom", new { room = await _there.CreateRoomAsync(), token });
        return member;
    }

    private static async Task<string?> ClosedAsync(ChatClient member) =>
        (await member.ClosedNotice.Task.Soon()).GetProperty("reason").GetString();
}
