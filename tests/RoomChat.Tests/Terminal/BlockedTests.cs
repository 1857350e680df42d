using System.Globalization;
using System.Text.RegularExpressions;
using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Terminal;

[Collection(nameof(ServerProcess))]
public sealed partial class BlockedTests
{
    /// <summary>More than the feed and the pipe to the terminal hold.</summary>
    private const int Many = ActivityFeed.Capacity + 5_000;
    private const string NoRate = "--RoomChat:Limits:MessagesPerSecond=0";

    [Fact]
    public async Task AnUnreadTerminalDelaysNeitherMessagesNorTheShutdown()
    {
        using var server = await ServerProcess.UnreadAsync(NoRate);
        await using var ana = await JoinedAsync(server);

        await PostManyAsync(ana);

        await server.StopAsync();
        Assert.Empty(server.Errors);
    }

    [Fact]
    public async Task ATerminalThatIsReadAgainSaysHowManyEventsItSkippedAndWhere()
    {
        using var server = await ServerProcess.UnreadAsync(NoRate);
        await using var ana = await JoinedAsync(server);
        await PostManyAsync(ana);

        server.Read();
        await Wait.UntilAsync(
            () => Printed(server).Count + Gaps(server).Sum(gap => gap.Count) == Many,
            "all events, printed or skipped");
        await ana.SendAsync("message 0");
        await server.WaitForOutputAsync(" ana: message 0");

        var gap = Assert.Single(Gaps(server));
        Assert.Equal([.. Enumerable.Range(1, Many - gap.Count), 0], Printed(server));
        Assert.EndsWith($"message {Many - gap.Count}", server.Output[gap.Line - 1], StringComparison.Ordinal);
        await server.StopAsync();
    }

    private static async Task<ChatClient> JoinedAsync(ServerProcess server)
    {
        var ana = await ChatClient.ConnectAsync(server.Address);
        await ana.JoinAsync(await ana.CreateRoomAsync(), "ana");
        return ana;
    }

    private static async Task PostManyAsync(ChatClient ana)
    {
        foreach (var number in Enumerable.Range(1, Many)) await ana.SendAsync($"message {number}");
    }

    private static List<int> Printed(ServerProcess server) =>
        [.. server.Output.Select(line => MessageLine().Match(line)).Where(found => found.Success).Select(Number)];

    private static List<(int Line, int Count)> Gaps(ServerProcess server) =>
        [.. server.Output
            .Index()
            .Select(line => (line.Index, Found: GapLine().Match(line.Item)))
            .Where(line => line.Found.Success)
            .Select(line => (line.Index, Number(line.Found)))];

    private static int Number(Match found) => int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@" ana: message (\d+)$")]
    private static partial Regex MessageLine();

    [GeneratedRegex(@"^\d\d:\d\d:\d\d        … (\d+) events skipped here")]
    private static partial Regex GapLine();
}
