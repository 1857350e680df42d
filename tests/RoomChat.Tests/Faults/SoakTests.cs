using System.Net.WebSockets;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Faults;

/// <summary>ROOMCHAT_SOAK sets the seconds; minutes show what seconds do not.</summary>
[Collection(nameof(NonParallelCollection))]
public sealed class SoakTests
{
    private const int Clients = 24;
    private const long MostGrowth = 5 << 20;

    private static readonly int Seconds = int.Parse(
        Environment.GetEnvironmentVariable("ROOMCHAT_SOAK") ?? "15", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task RandomVisitorsLeaveNothingBehind()
    {
        using var server = new ChatServer(
            ("Limits:EmptyRoomSeconds", "1"), ("Limits:SeatSeconds", "1"), ("Limits:AwaySeconds", "1"));
        await VisitAsync(server, TimeSpan.FromSeconds(2));   // creates what is created once
        await UntilEmptyAsync(server);
        var before = Heap();

        var actions = await VisitAsync(server, TimeSpan.FromSeconds(Seconds));
        await UntilEmptyAsync(server);
        var after = Heap();

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{actions} actions; the heap went from {before >> 10} to {after >> 10} KB");
        Assert.True(actions > 20 * Clients, $"Only {actions} actions.");
        Assert.True(after - before < MostGrowth, $"The heap grew from {before >> 10} to {after >> 10} KB");
        server.AssertNoWarningsLogged();
    }

    private static async Task<int> VisitAsync(ChatServer server, TimeSpan duration)
    {
        using var over = new CancellationTokenSource(duration);
        var seed = TestSeed.Next();
        var actions = await Task.WhenAll(
            Enumerable.Range(0, Clients).Select(n => VisitRepeatedlyAsync(server, new Random(seed + n), over.Token)));
        return actions.Sum();
    }

    /// <summary>Connects, acts at random, and leaves the room or just disconnects, again and again.</summary>
    private static async Task<int> VisitRepeatedlyAsync(ChatServer server, Random random, CancellationToken over)
    {
        var actions = 0;
        var room = "000000";
        using var http = new HttpClient { BaseAddress = server.Address };
        while (!over.IsCancellationRequested)
        {
            using var client = await RawClient.ConnectAsync(server);
            try
            {
                for (var left = random.Next(1, 30); left > 0; left--, actions++)
                    switch (random.Next(12))
                    {
                        case 0: room = (await client.CallAsync("CreateRoom", "")).Split("\"room\":\"")[^1][..6]; break;
                        case < 4:
                            await client.CallAsync(
                                "JoinRoom", $$"""{"room":"{{room}}","name":"{{(char)('a' + random.Next(26))}}"}""");
                            break;
                        case < 8:
                            await client.CallAsync(
                                "SendMessage", $$"""{"text":"{{new string('x', random.Next(500))}}"}""");
                            break;
                        case 8: await client.CallAsync("Typing", ""); break;
                        case 9: await client.CallAsync(random.Next(2) == 0 ? "LeaveRoom" : "Away", ""); break;
                        case 10:
                            await http.PostAsync(
                                $"/api/rooms/{room}/members",
                                new FormUrlEncodedContent([new("name", $"p{random.Next(100)}")]),
                                CancellationToken.None);
                            break;
                        default:
                            await client.SendAsync(
                                random.Next(10) == 0 ? "junk" : """{"type":1,"target":"Nothing","arguments":[1]}""");
                            break;
                    }
                if (random.Next(2) == 0) await client.CallAsync("LeaveRoom", "");
            }
            catch (Exception cut) when (cut is WebSocketException or IOException or InvalidOperationException)
            {
                // The server closed the connection, as it does after junk.
            }
        }
        return actions;
    }

    private static Task UntilEmptyAsync(ChatServer server) => Wait.UntilAsync(
        () => server is { Connections: 0, Lobby: { Rooms: 0, Members: 0, Bytes: 0 } },
        "zero rooms, members and connections");

    private static long Heap()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
