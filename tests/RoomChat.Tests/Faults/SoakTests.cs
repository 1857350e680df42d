using System.Net.WebSockets;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Faults;

/// <summary>ROOMCHAT_SOAK says for how many seconds; minutes show what seconds do not.</summary>
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
        await RageAsync(server, TimeSpan.FromSeconds(2));   // what is made once is made now
        await UntilEmptyAsync(server);
        var before = Heap();

        var deeds = await RageAsync(server, TimeSpan.FromSeconds(Seconds));
        await UntilEmptyAsync(server);
        var after = Heap();

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{deeds} deeds; the heap went from {before >> 10} to {after >> 10} KB");
        Assert.True(deeds > 100 * Seconds / 4);
        Assert.True(after - before < MostGrowth, $"The heap grew from {before >> 10} to {after >> 10} KB");
        server.AssertNoWarningsLogged();
    }

    private static async Task<int> RageAsync(ChatServer server, TimeSpan duration)
    {
        using var over = new CancellationTokenSource(duration);
        var seed = TestSeed.Next();
        var deeds = await Task.WhenAll(
            Enumerable.Range(0, Clients).Select(n => LiveAsync(server, new Random(seed + n), over.Token)));
        return deeds.Sum();
    }

    /// <summary>Comes, does something, and goes in one of the ways there are.</summary>
    private static async Task<int> LiveAsync(ChatServer server, Random chance, CancellationToken over)
    {
        var deeds = 0;
        var room = "000000";
        using var http = new HttpClient { BaseAddress = server.Address };
        while (!over.IsCancellationRequested)
        {
            using var client = await RawClient.ConnectAsync(server);
            try
            {
                for (var left = chance.Next(1, 30); left > 0; left--, deeds++)
                    switch (chance.Next(12))
                    {
                        case 0: room = (await client.CallAsync("CreateRoom", "")).Split("\"room\":\"")[^1][..6]; break;
                        case < 4:
                            await client.CallAsync(
                                "JoinRoom", $$"""{"room":"{{room}}","name":"{{(char)('a' + chance.Next(26))}}"}""");
                            break;
                        case < 8:
                            await client.CallAsync(
                                "SendMessage", $$"""{"text":"{{new string('x', chance.Next(500))}}"}""");
                            break;
                        case 8: await client.CallAsync("Typing", ""); break;
                        case 9: await client.CallAsync(chance.Next(2) == 0 ? "LeaveRoom" : "Away", ""); break;
                        case 10:
                            await http.PostAsync(
                                $"/api/rooms/{room}/members",
                                new FormUrlEncodedContent([new("name", $"p{chance.Next(100)}")]),
                                CancellationToken.None);
                            break;
                        default:
                            await client.SendAsync(
                                chance.Next(10) == 0 ? "junk" : """{"type":1,"target":"Nothing","arguments":[1]}""");
                            break;
                    }
                if (chance.Next(2) == 0) await client.CallAsync("LeaveRoom", "");
            }
            catch (Exception cut) when (cut is WebSocketException or IOException or InvalidOperationException)
            {
                // After junk, the server has closed the connection.
            }
        }
        return deeds;
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
