using System.Diagnostics;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Hubs;

public sealed class FloodTests : IAsyncDisposable
{
    private readonly ChatServer _server = new();

    /// <summary>Whatever a record says, and whoever sees it or nobody.</summary>
    public static TheoryData<string> Records =>
    [
        """{"type":6}""",
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
    [Trips<Limits>(nameof(Limits.MessageBurst))]
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
        await ana.HasSeqAsync(await ana.SendAsync("still here"));
        Assert.DoesNotContain(ana.Events, line => line.GetProperty("type").GetString() == "left");
        _server.AssertNoTroubles();
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
    [Trips<Limits>(nameof(Limits.JoinSeconds))]
    public async Task AConnectionThatJoinsNoRoomIsClosed()
    {
        using var server = new ChatServer(("Limits:JoinSeconds", "2"));
        var room = server.Lobby.Create().OrFail();
        await using var ana = await ChatClient.JoinedAsync(server, $"{room.Code}", "ana");
        await using var bo = await ChatClient.JoinedAsync(server, $"{room.Code}", "bo");
        using var idle = await RawClient.ConnectAsync(server);
        await bo.CallAsync("LeaveRoom");

        Assert.Contains("\"reason\":\"idle\"", await idle.NextAsync(), StringComparison.Ordinal);
        await idle.UntilClosedAsync();
        Assert.Equal("idle", (await bo.ClosedNotice.Task.Soon()).GetProperty("reason").GetString());
        await ana.HasSeqAsync(await ana.SendAsync("still here"));
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    internal static async Task FloodAsync(RawClient client, string record, int times)
    {
        try
        {
            for (var n = 0; n < times; n++) await client.SendAsync(record);
        }
        catch (Exception over)
            when (over is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The connection was closed, which is what the flood is for.
        }
    }
}

[Collection(nameof(Alone))]
public sealed class FloodAtFullSpeedTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task AClientThatFloodsAtFullSpeedDelaysTheOthersByLessThanASecond()
    {
        using var server = new ChatServer();
        await using var ana = await ChatClient.ConnectAsync(server);
        var room = await ana.CreateRoomAsync();
        await ana.JoinAsync(room, "ana");
        await using var bo = await ChatClient.JoinedAsync(server, room, "bo");
        using var over = new CancellationTokenSource(Duration);

        // Whenever it is dropped it comes back, with many records to a frame.
        var records = string.Join(
            '\u001e', Enumerable.Repeat("""{"type":1,"target":"SendMessage","arguments":[{"text":"flood"}]}""", 100));
        var floods = 0;
        var flood = Task.Run(async () =>
        {
            for (; !over.IsCancellationRequested; floods++)
            {
                using var eve = await RawClient.ConnectAsync(server);
                await FloodTests.FloodAsync(
                    eve,
                    $$"""{"type":1,"target":"JoinRoom","arguments":[{"room":"{{room}}","name":"eve {{floods}}"}]}""",
                    1);
                await FloodTests.FloodAsync(eve, records, 100);
            }
        }, TestContext.Current.CancellationToken);

        var slowest = TimeSpan.Zero;
        while (!over.IsCancellationRequested)
        {
            var started = Stopwatch.GetTimestamp();
            await bo.HasSeqAsync(await ana.SendAsync("on time"));
            if (Stopwatch.GetElapsedTime(started) is var took && took > slowest) slowest = took;
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
        await flood;

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{floods} floods, the slowest message took {slowest.TotalMilliseconds:0} ms");
        Assert.InRange(slowest, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.True(floods > 2);
        server.AssertNoTroubles();
    }
}

/// <summary>On one processor, where whoever keeps a thread keeps it from everybody.</summary>
[Collection(nameof(ServerProcess))]
public sealed class EndlessSenderTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);

    private const string Upgrade =
        "GET /hub HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

    /// <summary>
    /// What is no record, and so is not counted: pings, pongs and messages without a word; and requests that wait for
    /// no answer.
    /// </summary>
    private static readonly (string First, string Again)[] Kinds =
    [
        (Upgrade, "\u0089\u0080\0\0\0\0"),
        (Upgrade, "\u008a\u0080\0\0\0\0"),
        (Upgrade, "\u0081\u0080\0\0\0\0"),
        ("", "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"),
    ];

    [Fact]
    public async Task ClientsThatNeverStopSendingDelayTheOthersByLessThanASecond()
    {
        using var server = await ServerProcess.ListeningAsync("DOTNET_PROCESSOR_COUNT=1");
        using var http = new HttpClient { BaseAddress = server.Address };
        await http.GetStringAsync("/health", TestContext.Current.CancellationToken);
        using var over = new CancellationTokenSource(Duration);
        var kinds = Enumerable.Repeat(Kinds, 4).SelectMany(all => all);
        Task[] endless = [.. kinds.Select(kind => SendAsync(server.Address, kind.First, kind.Again, over.Token))];

        var slowest = TimeSpan.Zero;
        while (!over.IsCancellationRequested)
        {
            var started = Stopwatch.GetTimestamp();
            await http.GetStringAsync("/health", TestContext.Current.CancellationToken);
            if (Stopwatch.GetElapsedTime(started) is var took && took > slowest) slowest = took;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        await Task.WhenAll(endless);

        TestContext.Current.TestOutputHelper!.WriteLine($"the slowest answer took {slowest.TotalMilliseconds:0} ms");
        Assert.InRange(slowest, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    private static async Task SendAsync(Uri server, string first, string again, CancellationToken over)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, CancellationToken.None);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(first), CancellationToken.None);
        var much = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(again, 500)));
        try
        {
            var answers = stream.CopyToAsync(Stream.Null, over);
            while (!over.IsCancellationRequested) await stream.WriteAsync(much, over);
            await answers;
        }
        catch (Exception end) when (end is OperationCanceledException or IOException)
        {
            // Enough, or closed by the server.
        }
    }
}
