using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Api;

public sealed class RoomsApiTests : IAsyncDisposable
{
    private const string Room = "K7M2QX";
    private readonly TestClock _clock = new();
    private readonly ChatServer _server;

    public RoomsApiTests()
    {
        _server = Server();
        _server.Lobby.Reopen(Room);
    }

    [Fact]
    public async Task CreatingARoomAnswersWithItsAddresses()
    {
        using var program = await ApiClient.OfAsync(_server);

        var answer = await program.PostAsync("/api/rooms");

        var room = answer.Body.GetProperty("room").GetString();
        Assert.Equal(201, answer.Status);
        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{6}$", room);
        Assert.Equal(new Uri(_server.Address, $"/r/{room}").ToString(), answer.Body.GetProperty("url").GetString());
        Assert.Equal($"/api/rooms/{room}", answer.Raw.Headers.Location?.ToString());
        Assert.Equal(200, (await program.GetAsync(answer.Raw.Headers.Location!.ToString())).Status);
    }

    [Fact]
    public async Task ReopeningRevivesAClosedRoomAndChangesNothingInAnOpenOne()
    {
        using var program = await ApiClient.OfAsync(_server);

        var made = await program.PostAsync("/api/rooms", new { room = "oooo o-z" });
        var lived = await program.PostAsync("/api/rooms", new { room = "00000z" });

        Assert.Equal((201, 200), (made.Status, lived.Status));
        Assert.Equal("00000Z", made.Body.GetProperty("room").GetString());
        Assert.Equal($"{made.Body}", $"{lived.Body}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"room":null}""")]
    public async Task ABodyThatNamesNoRoomCreatesOne(string body)
    {
        using var program = await ApiClient.OfAsync(_server);

        Assert.Equal(201, (await program.PostAsync("/api/rooms", Json(body))).Status);
    }

    [Fact]
    public async Task ARoomTellsHowManyMembersItHas()
    {
        using var program = await ApiClient.JoinedAsync(_server, Room, "bot");

        var answer = await program.GetAsync("/api/rooms/k7m-2qx");

        Assert.Matches(
            $$"""^\{"room":"{{Room}}","members":1,"createdAt":"[-0-9]{10}T[:0-9]{8}\.[0-9]{3}Z"\}$""",
            $"{answer.Body}");
    }

    [Fact]
    public async Task AProgramAndABrowserReadEachOtherInOneOrder()
    {
        await using var ana = await ChatClient.JoinedAsync(_server, Room, "ana");
        using var bot = await ApiClient.OfAsync(_server);
        var joined = await bot.JoinAsync(Room, "bot");
        await ana.SendAsync("one", "m1");
        await bot.PostMessageAsync("two", "m2");
        await ana.SendAsync("three");
        await ana.WaitForSeqAsync(await bot.PostMessageAsync("four"));

        var answer = await bot.ReadAsync();

        Assert.Equal(
            ["ana", "bot"],
            joined.Body.GetProperty("users").EnumerateArray().Select(user => user.GetProperty("name").GetString()));
        Assert.Equal(ana.Events.Select(line => $"{line}"), answer.Events.Select(line => $"{line}"));
        Assert.Equal(["one", "two", "three", "four"], answer.Texts);
        Assert.Equal([1, 2, 3, 4, 5, 6], ana.Seqs);
        Assert.Equal(ana.Epochs.Single(), answer.Body.GetProperty("epoch").GetString());
    }

    [Fact]
    public async Task AHeldPollIsAnsweredByAMessageFromTheHubAndTheReverse()
    {
        await using var ana = await ChatClient.JoinedAsync(_server, Room, "ana");
        using var bot = await ApiClient.OfAsync(_server);
        var seq = (await bot.JoinAsync(Room, "bot")).Seq;

        var held = bot.ReadAsync(seq, wait: 60);
        await WaitForPollAsync(bot);
        await ana.SendAsync("ping");
        Assert.Equal(["ping"], (await held).Texts);
        await bot.PostMessageAsync("pong");

        await ana.WaitForTextAsync("pong");
    }

    [Fact]
    public async Task AReadReturnsExactlyTheEventsAfterASeqAndTheNextSeq()
    {
        using var bot = await ApiClient.OfAsync(_server);
        var seq = (await bot.JoinAsync(Room, "bot")).Seq;
        foreach (var text in new[] { "one", "two", "three" }) await bot.PostMessageAsync(text);

        var some = await bot.ReadAsync(seq + 1);
        var none = await bot.ReadAsync(some.Seq);

        Assert.Equal(["two", "three"], some.Texts);
        Assert.Empty(none.Events);
        Assert.Equal((4, 4), (some.Seq, none.Seq));
    }

    [Fact]
    public async Task APollIsHeldForAsManySecondsAsItAsksFor()
    {
        using var bot = await ApiClient.JoinedAsync(_server, Room, "bot");
        var held = bot.ReadAsync(1, wait: 7);
        await WaitForPollAsync(bot);

        _clock.AdvanceSeconds(6.5);
        Assert.False(held.IsCompleted);
        _clock.AdvanceSeconds(0.5);

        Assert.Empty((await held).Events);
    }

    [Fact]
    public async Task ProgramsThatKeepPollingReadEveryEventOnceInTheOrderOfTheHub()
    {
        const int Programs = 8, Messages = 400;
        using var server = new ChatServer(("Limits:MessagesPerSecond", "0"));
        server.Lobby.Reopen(Room);
        await using var ana = await ChatClient.JoinedAsync(server, Room, "ana");
        await using var bo = await ChatClient.JoinedAsync(server, Room, "bo");
        var programs = await Task.WhenAll(
            Enumerable.Range(1, Programs).Select(n => ApiClient.JoinedAsync(server, Room, $"bot {n}")));
        const long Last = 2 + Programs + 2 * Messages + Programs * 10;

        var reading = programs.Select(async program =>
        {
            List<string> lines = [];
            for (var seq = 0L; seq < Last;)
            {
                var answer = await program.ReadAsync(seq, wait: 60);
                lines.AddRange(answer.Events.Select(line => $"{line}"));
                seq = answer.Seq;
            }
            return lines;
        }).ToList();
        async Task RepeatAsync(Func<Task> send, int times)
        {
            for (var i = 0; i < times; i++) await send();
        }
        await Task.WhenAll(programs.Select(program => RepeatAsync(() => program.PostMessageAsync("from a program"), 10))
            .Append(RepeatAsync(() => ana.SendAsync("from ana"), Messages))
            .Append(RepeatAsync(() => bo.SendAsync("from bo"), Messages)));
        await ana.WaitForSeqAsync(Last);

        foreach (var lines in await Task.WhenAll(reading).Soon())
            Assert.Equal(ana.Events.Select(line => $"{line}"), lines);
        foreach (var program in programs) program.Dispose();
        server.AssertNoWarningsLogged();
    }

    [Fact]
    public async Task AMessageMayBeSentAsAForm()
    {
        using var bot = await ApiClient.JoinedAsync(_server, Room, "bot");

        var answer = await bot.PostAsync($"/api/rooms/{Room}/messages",
            new FormUrlEncodedContent(
                [KeyValuePair.Create("text", "one & two = 3\n+ ü"), KeyValuePair.Create("id", "m1")]));

        Assert.Equal(201, answer.Status);
        Assert.Equal(["one & two = 3\n+ ü"], (await bot.ReadAsync(answer.Seq - 1)).Texts);
        Assert.Equal(answer.Seq, await bot.PostMessageAsync("the first wins", "m1"));
    }

    [Fact]
    public async Task TheLongestTextIsAcceptedInAnyEncoding()
    {
        using var server = new ChatServer(("Limits:MessageLength", "5000"));
        server.Lobby.Reopen(Room);
        using var bot = await ApiClient.JoinedAsync(server, Room, "bot");
        var text = string.Concat(Enumerable.Repeat("\U0001F600", 5000));
        var escaped = string.Concat(Enumerable.Repeat("\\ud83d\\ude00", 5000));

        await bot.PostMessageAsync(text);
        await bot.PostAsync($"/api/rooms/{Room}/messages", Json($$"""{"text":"{{escaped}}"}"""));
        await bot.PostAsync(
            $"/api/rooms/{Room}/messages", new FormUrlEncodedContent([KeyValuePair.Create("text", text)]));

        Assert.Equal([text, text, text], (await bot.ReadAsync()).Texts);
    }

    [Fact]
    public async Task EventsNoLongerKeptAreReportedAsAGap()
    {
        using var server = Server(("Limits:History", "2"), ("Limits:ReplaySeconds", "1"));
        server.Lobby.Reopen(Room);
        using var bot = await ApiClient.JoinedAsync(server, Room, "bot");
        foreach (var text in new[] { "one", "two", "three" }) await bot.PostMessageAsync(text);
        _clock.AdvanceSeconds(2);

        var answer = await bot.ReadAsync(1);

        Assert.Equal(["two", "three"], answer.Texts);
        Assert.True(answer.Body.GetProperty("gap").GetBoolean());
        Assert.False((await bot.ReadAsync(2)).Body.TryGetProperty("gap", out _));
    }

    [Fact]
    public async Task AProgramReturnsToTheSeatOfAConnectionWithoutReplacingTheConnection()
    {
        await using var ana = await ChatClient.ConnectAsync(_server);
        using var program = await ApiClient.OfAsync(_server);
        var seat = (await ana.JoinAsync(Room, "ana")).GetProperty("seat").GetString();

        var answer = await program.PostAsync($"/api/rooms/{Room}/members", new { name = "another name", seat });
        program.Seat = seat;
        var read = await program.GetAsync($"/api/rooms/{Room}/events");
        await ana.WaitForSeqAsync(await ana.SendAsync("still here"));

        Assert.Equal((201, 200), (answer.Status, read.Status));
        Assert.Equal("ana", answer.Body.GetProperty("name").GetString());
        Assert.Equal(seat, answer.Body.GetProperty("seat").GetString());
        Assert.False(ana.ClosedNotice.Task.IsCompleted);
    }

    [Fact]
    public async Task AProgramThatLeavesIsSeenToLeaveAndItsPollEnds()
    {
        await using var ana = await ChatClient.JoinedAsync(_server, Room, "ana");
        using var bot = await ApiClient.JoinedAsync(_server, Room, "bot");
        var held = bot.GetAsync($"/api/rooms/{Room}/events?after=2&wait=60");
        await WaitForPollAsync(bot);

        var left = await bot.LeaveAsync();

        Assert.Equal(204, left.Status);
        Assert.Equal((401, "not-in-room"), ((await held).Status, (await held).Code));
        Assert.Equal(401, (await bot.LeaveAsync()).Status);
        await ana.WaitForSeqAsync(3);
        Assert.Equal(
            ("left", "bot"),
            (ana.Events[2].GetProperty("type").GetString(), ana.Events[2].GetProperty("from").GetString()));
    }

    [Fact]
    public async Task AProgramThatDisconnectsIsNoLongerHeldAndLeavesInTime()
    {
        var bot = await ApiClient.JoinedAsync(_server, Room, "bot");
        var held = bot.ReadAsync(1, wait: 60);
        await WaitForPollAsync(bot);
        var member = _server.Lobby.Recognize(Room, bot.Seat).OrFail();

        bot.Dispose();
        await Assert.ThrowsAnyAsync<Exception>(() => held);
        await Wait.UntilAsync(() => member.Poll is null, "the poll to end");
        _clock.AdvanceSeconds(new Limits().SeatSeconds + 1);

        await Wait.UntilAsync(() => _server.Lobby.Members == 0, "the program to leave");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _server.AssertNoWarningsLogged();
    }

    private ChatServer Server(params (string Key, string Value)[] settings) =>
        new(services => services.AddSingleton<TimeProvider>(_clock), settings);

    internal static StringContent Json(string body) => new(body, System.Text.Encoding.UTF8, "application/json");

    private Task WaitForPollAsync(ApiClient program) => WaitForPollAsync(program, _server);

    internal static Task WaitForPollAsync(ApiClient program, ChatServer server)
    {
        var room = server.Lobby.Find(program.Room).OrFail();
        return Wait.UntilAsync(() => room.Recognize(program.Seat).OrFail().Poll is not null, "the poll to be held");
    }
}
