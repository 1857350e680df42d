using System.Text.Json;
using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Faults;

/// <summary>What only a real socket shows; DeliveryTests has the rules.</summary>
[Collection(nameof(NonParallelCollection))]
public sealed class StalledMemberTests : IAsyncLifetime
{
    private const int Length = 8_000, Megabyte = 1 << 20;

    private readonly TestClock _clock = new();      // stands still, so that nobody is dropped before the test says so
    private readonly ChatServer _server;
    private readonly Room _room;
    private ChatClient _ana = null!;
    private RawClient _stalledClient = null!;
    private Member _anaMember = null!, _stalled = null!;

    public StalledMemberTests()
    {
        _server = new ChatServer(
            services =>
            {
                services.AddSingleton<TimeProvider>(_clock);
                Pings.Never(services);
            },
            ("Limits:MessagesPerSecond", "0"), ("Limits:MessageLength", $"{Length}"),
            ("Limits:ReplayBytes", $"{4 * Megabyte}"), ("Limits:SlowMemberSeconds", "10"));
        _room = _server.Lobby.Create().OrFail();
    }

    public async ValueTask InitializeAsync()
    {
        _ana = await ChatClient.ConnectAsync(_server.Address, receive: (_, _) => { });
        var joined = await _ana.JoinAsync($"{_room.Code}", "ana");
        _anaMember = _room.Recognize(joined.GetProperty("seat").GetString()).OrFail();
        _stalledClient = await RawClient.ConnectAsync(_server);
        var answer = await _stalledClient.CallAsync("JoinRoom", $$"""{"room":"{{_room.Code}}","name":"stalled"}""");
        var seat = JsonDocument.Parse(answer).RootElement.GetProperty("result").GetProperty("seat").GetString();
        _stalled = _room.Recognize(seat).OrFail();
    }

    [Fact]
    public async Task EveryMessageReachesTheOthersInBoundedMemoryWhileAMemberIsStalled()
    {
        const int Listeners = 10, FirstMessages = 1_000, Messages = 8_000;
        var listeners = await Task.WhenAll(
            Enumerable.Range(0, Listeners).Select(n => CountingListener.JoinedAsync(_server, _room, $"member {n}")));
        await SendToAllAsync(listeners, upTo: FirstMessages);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await SendToAllAsync(listeners, upTo: FirstMessages + Messages);
        var growth = GC.GetTotalMemory(forceFullCollection: true) - before;

        TestContext.Current.TestOutputHelper!.WriteLine($"The heap grew by {growth >> 10} KB from {before >> 10} KB.");
        Assert.Equal(Listeners + 2, _server.Connections);
        Assert.True(_stalled.Place!.Seq < Messages, "The stalled member was handed almost everything.");
        Assert.InRange(growth, long.MinValue, 4 * Megabyte);
        foreach (var listener in listeners) await listener.DisposeAsync();
    }

    [Fact]
    public async Task AStalledMemberIsDisconnectedInTimeAndItsSeatWorksFromANewConnection()
    {
        await _anaMember.WaitForReadAsync(await SendUntilBuffersAreFullAsync());

        _clock.AdvanceSeconds(9.5);
        Assert.NotNull(_stalled.Place);
        _clock.AdvanceSeconds(1);
        await Wait.UntilAsync(() => _server.Connections == 1, "the stalled member to be disconnected");
        await _stalledClient.UntilClosedAsync();

        await using var back = await ChatClient.ConnectAsync(_server);
        var answer = await back.JoinAsync($"{_room.Code}", "another name", _stalled.Seat);
        Assert.Equal("stalled", answer.GetProperty("name").GetString());
        await back.WaitForSeqAsync(await back.SendAsync("I can hear you now"));
    }

    public async ValueTask DisposeAsync()
    {
        _stalledClient.Dispose();
        await _ana.DisposeAsync();
        await _server.DisposeAsync();
        _server.AssertNoWarningsLogged();
    }

    /// <summary>A hundred at a time, since a listener must not fall behind what the room keeps.</summary>
    private async Task SendToAllAsync(CountingListener[] listeners, int upTo)
    {
        for (var sent = listeners[0].Messages; sent < upTo;)
        {
            for (var n = 0; n < 100; n++, sent++) await _ana.SendAsync(new string('x', Length));
            await Wait.UntilAsync(() => listeners.All(listener => listener.Messages == sent), "every message");
        }
    }

    /// <summary>Until the stalled member is a hundred messages behind; returns the last seq.</summary>
    private async Task<long> SendUntilBuffersAreFullAsync()
    {
        for (var n = 0; n < 5_000; n++)
        {
            var seq = await _ana.SendAsync(new string('x', Length));
            if (seq - _stalled.Place!.Seq >= 100) return seq;
        }
        throw new InvalidOperationException("No write to the stalled member ever waited.");
    }

    /// <summary>A member that counts messages and keeps none.</summary>
    private sealed class CountingListener : IAsyncDisposable
    {
        private readonly RawClient _client;
        private readonly Task _listening;
        private int _messages;

        private CountingListener(RawClient client)
        {
            _client = client;
            _listening = client.CountAsync(
                "\"type\":\"message\""u8.ToArray(), () => Interlocked.Increment(ref _messages));
        }

        public int Messages => Volatile.Read(ref _messages);

        public static async Task<CountingListener> JoinedAsync(ChatServer server, Room room, string name)
        {
            var client = await RawClient.ConnectAsync(server);
            await client.CallAsync("JoinRoom", $$"""{"room":"{{room.Code}}","name":"{{name}}"}""");
            return new CountingListener(client);
        }

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            await _listening;
        }
    }
}
