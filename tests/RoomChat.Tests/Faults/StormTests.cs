using RoomChat.Tests.Support;

namespace RoomChat.Tests.Faults;

public sealed class StormTests
{
    private const int Clients = 20, Faults = 200;

    [Fact]
    public async Task EveryAcknowledgedMessageReachesEveryMemberOnceInOneOrderOnAFailingNetwork()
    {
        var seed = TestSeed.Next();
        using var server = new ChatServer(("Limits:MessagesPerSecond", "0"));
        var proxy = new FaultProxy(server.Address);
        await using var host = await ChatClient.ConnectAsync(server);
        var room = await host.CreateRoomAsync();
        var clients = Enumerable.Range(0, Clients)
            .Select(n => new ReconnectingClient(proxy.Address, room, $"client {n}"))
            .ToList();
        foreach (var client in clients) await client.JoinAsync();

        var faults = InjectFaultsAsync(proxy, new Random(seed));
        await Task.WhenAll(clients.Select(async (client, n) =>
        {
            for (var i = 0; !faults.IsCompleted; i++) await client.PostAsync($"{n}-{i}", $"{n}-{i}");
        }));
        await faults;

        var last = clients.Max(client => client.Acknowledged.Values.Max());
        await Task.WhenAll(clients.Select(client => client.CatchUpAsync(last)));
        var transcript = clients[0].Events
            .Where(pair => pair.Key <= last)
            .ToDictionary(pair => pair.Key, pair => pair.Value.GetRawText());
        var ids = clients[0].Events.Values
            .Where(line => line.TryGetProperty("id", out _))
            .Select(line => line.GetProperty("id").GetString()!)
            .ToList();
        var connections = clients.Sum(client => client.Connections);

        TestContext.Current.TestOutputHelper!.WriteLine($"{ids.Count} messages, {connections} connections");
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.True(connections > 2 * Clients, $"The faults broke only {connections - Clients} connections.");
        foreach (var client in clients)
        {
            Assert.Empty(client.Violations);
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

    private static async Task InjectFaultsAsync(FaultProxy proxy, Random random)
    {
        for (var n = 0; n < Faults; n++)
        {
            await Task.Delay(random.Next(20, 120), TestContext.Current.CancellationToken);
            proxy.Delay = TimeSpan.FromMilliseconds(random.Next(4) == 0 ? random.Next(50) : 0);
            var lines = proxy.Lines;
            if (lines.Count == 0) continue;
            var line = lines[random.Next(lines.Count)];
            switch (random.Next(10))
            {
                case < 4: line.Cut(); break;
                case < 7: line.CutAfter(random.Next(1, 200)); break;
                case < 8: line.StallToClient(); break;
                case < 9: line.GoSilent(); break;
                default: break;
            }
        }
        proxy.Delay = TimeSpan.Zero;
    }
}
