using System.Globalization;
using System.Text.Json;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Redis;

/// <summary>Three servers in processes of their own, whose members talk while something fails.</summary>
[Collection(nameof(ServerProcess))]
public sealed class ServersTests : IAsyncDisposable
{
    private const int Servers = 3, Clients = 6;

    private readonly ServerProcess?[] _servers = new ServerProcess?[Servers];
    private readonly Uri[] _addresses = [.. Enumerable.Range(0, Servers).Select(_ => ServerProcess.FreeAddress())];
    private readonly Random _random = new(TestSeed.Next());
    private readonly CancellationTokenSource _over = new();
    private readonly RedisServer _redis = new(appendFsync: "everysec");
    private ReconnectingClient[] _clients = [];
    private Task[] _talking = [];

    /// <summary>ROOMCHAT_KILLS sets how often.</summary>
    [Fact]
    public async Task AServerThatIsKilledLosesDoublesAndReordersNothing()
    {
        var kills = int.Parse(
            Environment.GetEnvironmentVariable("ROOMCHAT_KILLS") ?? "20", CultureInfo.InvariantCulture);
        await BeginToTalkAsync();
        var starting = new Dictionary<int, Task>();
        for (var i = 0; i < kills; i++)
        {
            await Task.Delay(_random.Next(50, 600), TestContext.Current.CancellationToken);
            // One stays up, so that there is always somebody to go to; the others may be killed while one starts.
            while (Starting().Count == Servers - 1) await Task.WhenAny(Starting().Values);
            var up = Enumerable.Range(0, Servers).Except(Starting().Keys).ToList();
            var killed = up[_random.Next(up.Count)];
            _servers[killed]!.Signal("KILL");
            starting[killed] = StartAsync(killed);
        }
        await Task.WhenAll(starting.Values);
        await AssertOneOrderAsync();

        Dictionary<int, Task> Starting() =>
            starting.Where(start => !start.Value.IsCompleted).ToDictionary(start => start.Key, start => start.Value);
    }

    [Fact]
    public async Task ARollingRestartIsNotNoticed()
    {
        await BeginToTalkAsync();
        for (var one = 0; one < Servers; one++)
        {
            await using var told = await ChatClient.ConnectAsync(_addresses[one]);
            await Task.Delay(500, TestContext.Current.CancellationToken);
            await _servers[one]!.StopAsync();
            await StartAsync(one);
            var notice = await told.ClosedNotice.Task.Soon();
            Assert.Equal(0, notice.GetProperty("returnAfterMs").GetInt32());
        }
        var events = await AssertOneOrderAsync();
        Assert.Equal(Clients, events.Count(line => line.GetProperty("type").GetString() == "joined"));
        Assert.DoesNotContain(events, line => line.GetProperty("type").GetString() == "left");
    }

    /// <summary>With "everysec", Redis answers before its disk, or even its file, has it.</summary>
    [Fact]
    public async Task RedisThatIsKilledAndHasLostTheLastSecondLosesNothing()
    {
        await BeginToTalkAsync();
        for (var i = 0; i < 3; i++)
        {
            await Task.Delay(1_000, TestContext.Current.CancellationToken);
            var written = _redis.FileLength;
            await Task.Delay(_random.Next(1_000), TestContext.Current.CancellationToken);
            _redis.KillAndLoseAfter(written);
            await Task.Delay(1_000, TestContext.Current.CancellationToken);
            _redis.Restart();
        }
        await Task.Delay(3_000, TestContext.Current.CancellationToken);
        var events = await AssertOneOrderAsync();
        Assert.DoesNotContain(events, line => line.GetProperty("type").GetString() == "left");
        Assert.Contains(
            _servers.SelectMany(server => server!.Output),
            line => line.Contains("entries that it had lost", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AServerThatIsPausedWhileItsMembersReturnElsewhereDoublesNothing()
    {
        await BeginToTalkAsync();
        for (var i = 0; i < 3; i++)
        {
            await Task.Delay(500, TestContext.Current.CancellationToken);
            _servers[i]!.Signal("STOP");
            await Task.Delay(4_000, TestContext.Current.CancellationToken);
            _servers[i]!.Signal("CONT");
        }
        await AssertOneOrderAsync();
    }

    [Fact]
    public async Task MembersOfAServerThatIsGoneLeaveOnceWithinTheLeaseAndTheTimeOfASeat()
    {
        await StartAllAsync("RoomChat__Limits__SeatSeconds=3");
        var witness = await ChatClient.ConnectAsync(_addresses[0]);
        var room = await witness.CreateRoomAsync();
        await witness.JoinAsync(room, "witness");
        await using var gone = await ChatClient.JoinedAsync(_addresses[1], room, "gone");
        await using var third = await ChatClient.JoinedAsync(_addresses[2], room, "third");
        await witness.WaitForSeqAsync(3);

        _servers[1]!.Signal("KILL");
        await witness.WaitForSeqAsync(4);
        await third.WaitForSeqAsync(4);
        await Task.Delay(1_500, TestContext.Current.CancellationToken);

        Assert.Equal(["witness", "gone", "third", "gone"], Names(witness));
        Assert.Equal("left", witness.Events[^1].GetProperty("type").GetString());
        await witness.DisposeAsync();
    }

    [Fact]
    public async Task AServerAloneWithRedisFindsEverythingAsItWas()
    {
        await StartAsync(0);
        using var program = await ApiClient.OfAsync(_addresses[0]);
        var room = (await program.PostAsync("/api/rooms")).Body.GetProperty("room").GetString()!;
        await program.JoinAsync(room, "ana");
        await program.PostAsync($"/api/rooms/{room}/messages", new { text = "hi", id = "m1" });
        await _servers[0]!.StopAsync();
        await StartAsync(0);

        var again = await program.PostAsync($"/api/rooms/{room}/messages", new { text = "hi", id = "m1" });
        var read = await program.GetAsync($"/api/rooms/{room}/events");

        Assert.Equal(2, again.Seq);
        Assert.Equal(["joined", "message"], read.Events.Select(line => line.GetProperty("type").GetString()));
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        foreach (var client in _clients) await client.DisposeAsync();
        foreach (var server in _servers) server?.Dispose();
        _redis.Dispose();
        _over.Dispose();
    }

    private static IEnumerable<string?> Names(ChatClient client) =>
        client.Events.Select(line => line.GetProperty("from").GetString());

    private async Task StartAsync(int one, params string[] settings)
    {
        _servers[one]?.Dispose();
        _servers[one] = await ServerProcess.AtAsync(
            _addresses[one],
            [.. settings, $"RoomChat__Redis={_redis.Setting}", "RoomChat__Limits__MessagesPerSecond=0"]);
    }

    private Task StartAllAsync(params string[] settings) =>
        Task.WhenAll(Enumerable.Range(0, Servers).Select(one => StartAsync(one, settings)));

    private async Task BeginToTalkAsync()
    {
        await StartAllAsync();
        await using var creator = await ChatClient.ConnectAsync(_addresses[0]);
        var room = await creator.CreateRoomAsync();
        _clients =
            [.. Enumerable.Range(0, Clients).Select(n => new ReconnectingClient(AnyServer, room, $"client {n}"))];
        foreach (var client in _clients) await client.JoinAsync();
        _talking = [.. _clients.Select((client, n) => TalkAsync(client, n))];
    }

    private Uri AnyServer()
    {
        lock (_random) { return _addresses[_random.Next(Servers)]; }
    }

    private async Task TalkAsync(ReconnectingClient client, int n)
    {
        for (var i = 0; !_over.IsCancellationRequested; i++)
        {
            await client.PostAsync($"{n}-{i}", $"{n} says {i}");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>What was acknowledged is there once, at the seq that was said, to everybody.</summary>
    private async Task<IReadOnlyList<JsonElement>> AssertOneOrderAsync()
    {
        await _over.CancelAsync();
        await Task.WhenAll(_talking).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        var last = _clients.SelectMany(client => client.Acknowledged.Values).Max();
        foreach (var client in _clients) await client.CatchUpAsync(last);

        var acknowledged = _clients.SelectMany(client => client.Acknowledged).ToDictionary();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{acknowledged.Count} messages over {_clients.Sum(client => client.Connections)} connections");
        Assert.Empty(_clients.SelectMany(client => client.Violations));
        Assert.True(acknowledged.Count > 100, $"Only {acknowledged.Count} messages.");
        foreach (var client in _clients)
        {
            var said = client.Events.Values.Where(line => line.TryGetProperty("id", out _))
                .ToLookup(line => line.GetProperty("id").GetString()!, line => line.GetProperty("seq").GetInt64());
            var joinedAt = client.Events.Keys.Min();
            foreach (var (id, seq) in acknowledged.Where(pair => pair.Value >= joinedAt))
                Assert.Equal([seq], said[id]);
        }
        var events = _clients[0].Events.Where(line => line.Key <= last).OrderBy(line => line.Key);
        return [.. events.Select(line => line.Value)];
    }
}
