using System.Net.WebSockets;
using System.Text.RegularExpressions;
using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Hubs;

public sealed class FloodTests : IAsyncDisposable
{
    private const string Ping = """{"type":6}""";

    private readonly TestClock _clock = new();
    private readonly ChatServer _server;

    public FloodTests() => _server = Server();

    /// <summary>Valid and invalid records, with and without an effect on others.</summary>
    public static TheoryData<string> Records =>
    [
        Ping,
        """{"type":1,"target":"NoSuchMethod","arguments":[]}""",
        """{"type":1,"target":"SendMessage","arguments":[5]}""",
        """{"type":1,"target":"SendMessage","arguments":[{"text":"hi"}]}""",
        """{"type":1,"target":"Typing","arguments":[]}""",
        """{"type":1,"target":"JoinRoom","arguments":[{"room":"000000","name":"eve"}]}""",
        """{"type":5,"invocationId":"1"}""",
        """{"type":2,"invocationId":"1","item":1}""",
        """{"type":3,"invocationId":"1"}""",
        """{"type":99}""",
    ];

    [Theory]
    [MemberData(nameof(Records))]
    [CoversSetting<Limits>(nameof(Limits.MessageBurst))]
    public async Task AClientThatIgnoresRefusalsIsDropped(string record)
    {
        await using var ana = await ChatClient.ConnectAsync(_server);
        var room = await ana.CreateRoomAsync();
        await ana.JoinAsync(room, "ana");
        using var eve = await RawClient.ConnectAsync(_server);
        await eve.CallAsync("JoinRoom", $$"""{"room":"{{room}}","name":"eve"}""");

        var flood = FloodAsync(eve, record, 1_000);

        Assert.Contains("\"reason\":\"flooding\"", await eve.FirstAsync("\"Closed\"").Soon(), StringComparison.Ordinal);
        await eve.UntilClosedAsync();
        await flood;
        await ana.WaitForSeqAsync(await ana.SendAsync("still here"));
        Assert.DoesNotContain(ana.Events, line => line.GetProperty("type").GetString() == "left");
        _server.AssertNoWarningsLogged();
    }

    [Fact]
    public async Task AClientThatIsMerelyTooFastIsRefusedAndStays()
    {
        using var ana = await RawClient.ConnectAsync(_server);
        var room = _server.Lobby.Create().OrFail();
        await ana.CallAsync("JoinRoom", $$"""{"room":"{{room.Code}}","name":"ana"}""");

        for (var n = 0; n < 150; n++)
            await ana.SendAsync("""{"type":1,"invocationId":"2","target":"SendMessage","arguments":[{"text":"hi"}]}""");

        Assert.Contains("\"refused\":\"rate-limited\"", await ana.FirstAsync("refused"), StringComparison.Ordinal);
        Assert.Contains("\"refused\":\"rate-limited\"", await ana.CallAsync("Typing", ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoeverWasCutOffWaitsLongerBeforeEachReturn()
    {
        var room = _server.Lobby.Create().OrFail();
        using var bo = await RawClient.ConnectAsync(_server);
        await bo.CallAsync("JoinRoom", $$"""{"room":"{{room.Code}}","name":"bo"}""");
        var seat = await FloodedAsync($$"""{"room":"{{room.Code}}","name":"eve"}""");
        var back = $$"""{"room":"{{room.Code}}","seat":"{{seat}}"}""";

        foreach (var seconds in (int[])[1, 2, 4])
        {
            using (var eve = await RawClient.ConnectAsync(_server))
                Assert.Contains($"\"retryAfterMs\":{seconds}000", await eve.CallAsync("JoinRoom", back));
            _clock.AdvanceSeconds(seconds);
            await FloodedAsync(back);
        }

        Assert.Contains("\"seat\"", await bo.CallAsync("JoinRoom", $$"""{"room":"{{room.Code}}"}"""));
    }

    [Fact]
    [CoversSetting<Limits>(nameof(Limits.JoinSeconds))]
    public async Task AConnectionThatJoinsNoRoomIsClosed()
    {
        using var server = Server(("Limits:JoinSeconds", "10"), ("Limits:SlowMemberSeconds", "3600"));
        var room = server.Lobby.Create().OrFail();
        await using var ana = await ChatClient.JoinedAsync(server, $"{room.Code}", "ana");
        await using var bo = await ChatClient.JoinedAsync(server, $"{room.Code}", "bo");
        using var idle = await RawClient.ConnectAsync(server);
        await bo.CallAsync("LeaveRoom");
        await Wait.UntilAsync(() => server.Connections == 3, "the idle connection to be counted");

        _clock.AdvanceSeconds(9);
        Assert.Equal(3, server.Connections);
        _clock.AdvanceSeconds(2);

        Assert.Contains("\"reason\":\"idle\"", await idle.NextAsync(), StringComparison.Ordinal);
        await idle.UntilClosedAsync();
        Assert.Equal("idle", (await bo.ClosedNotice.Task.Soon()).GetProperty("reason").GetString());
        await ana.WaitForSeqAsync(await ana.SendAsync("still here"));
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private ChatServer Server(params (string Key, string Value)[] settings) =>
        new(services => services.AddSingleton<TimeProvider>(_clock), settings);

    /// <summary>Joins, is cut off, and has its seat.</summary>
    private async Task<string> FloodedAsync(string join)
    {
        using var eve = await RawClient.ConnectAsync(_server);
        var answer = await eve.CallAsync("JoinRoom", join);
        await FloodAsync(eve, Ping, 1_000);
        await eve.UntilClosedAsync();
        return Regex.Match(answer, "\"seat\":\"([^\"]+)").Groups[1].Value;
    }

    internal static async Task FloodAsync(RawClient client, string record, int times)
    {
        try
        {
            for (var n = 0; n < times; n++) await client.SendAsync(record);
        }
        catch (Exception over)
            when (over is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The server closed the connection.
        }
    }
}
