using RoomChat.Tests.Support;

namespace RoomChat.Tests.Faults;

public sealed class StormTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task EveryAcknowledgedMessageReachesEveryMemberOnceInOneOrderOnAFailingNetwork()
    {
        const int Clients = 20;
        var seed = TestSeed.Next();
        using var server = new ChatServer(("Limits:MessagesPerSecond", "0"));
        var proxy = new FaultProxy(server.Address);
        await using var host = await ChatClient.ConnectAsync(server);
        var room = await host.CreateRoomAsync();
        var clients = Enumerable.Range(0, Clients)
            .Select(n => new FaithfulClient(proxy.Address, room, $"client {n}"))
            .ToList();
        foreach (var client in clients) await client.ComeInAsync();

        using var storm = new CancellationTokenSource(Duration);
        var weather = RageAsync(proxy, new Random(seed), storm.Token);
        await Task.WhenAll(clients.Select(async (client, n) =>
        {
            for (var i = 0; !storm.IsCancellationRequested; i++) await client.PostAsync($"{n}-{i}", $"{n}-{i}");
        }));
        await weather;

        var last = clients.Max(client => client.Acknowledged.Values.Max());
        await Task.WhenAll(clients.Select(client => client.CatchUpAsync(last)));
        var transcript = clients[0].Events
            .Where(pair => pair.Key <= last)
            .ToDictionary(pair => pair.Key, pair => pair.Value.GetRawText());
        var ids = clients[0].Events.Values
            .Where(line => line.TryGetProperty("id", out _))
            .Select(line => line.GetProperty("id").GetString()!)
            .ToList();

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{ids.Count} messages, {clients.Sum(client => client.Returns)} connections");
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.True(clients.Sum(client => client.Returns) > 2 * Clients, "The storm was none.");
        foreach (var client in clients)
        {
            Assert.Empty(client.Wrongs);
            foreach (var (id, seq) in client.Acknowledged)
                Assert.Contains($"\"id\":\"{id}\"", transcript[seq], StringComparison.Ordinal);
            foreach (var (seq, line) in client.Events.Where(pair => pair.Key <= last))
                Assert.Equal(transcript[seq], line.GetRawText());
        }
        Assert.DoesNotContain(clients[0].Events.Values, line => line.GetProperty("type").GetString() == "left");
        server.AssertNoWarningsLogged();
        await proxy.DisposeAsync();
        foreach (var client in clients) await client.DisposeAsync();
    }

    private static async Task RageAsync(FaultProxy proxy, Random chance, CancellationToken until)
    {
        try
        {
            while (true)
            {
                await Task.Delay(chance.Next(20, 120), until);
                proxy.Delay = TimeSpan.FromMilliseconds(chance.Next(4) == 0 ? chance.Next(50) : 0);
                var lines = proxy.Lines;
                if (lines.Count == 0) continue;
                var line = lines[chance.Next(lines.Count)];
                switch (chance.Next(10))
                {
                    case < 4: line.Cut(); break;
                    case < 7: line.CutAfter(chance.Next(1, 200)); break;
                    case < 8: line.StallToClient(); break;
                    case < 9: line.GoSilent(); break;
                    default: break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            proxy.Delay = TimeSpan.Zero;
        }
    }
}
