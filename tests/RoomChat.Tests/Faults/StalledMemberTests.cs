using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Faults;

[Collection(nameof(ServerProcess))]
public sealed class StalledMemberTests
{
    private const int Members = 50, PerSecond = 200, Length = 8_000, SlowMemberSeconds = 5;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(10), Warming = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task OneMemberOfFiftyThatNeverReadsDelaysNoOther()
    {
        using var server = await ServerProcess.ListeningAsync(
            "RoomChat__Limits__MessagesPerSecond=0", $"RoomChat__Limits__MessageLength={Length}",
            $"RoomChat__Limits__SlowMemberSeconds={SlowMemberSeconds}", "RoomChat__Terminal__ShowText=false");
        // keeps nothing
        await using var sender = await ChatClient.ConnectAsync(server.Address, receive: (_, _) => { });
        var room = await sender.CreateRoomAsync();
        await sender.JoinAsync(room, "sender");
        var listeners = await Task.WhenAll(
            Enumerable.Range(2, Members - 2)
                .Select(n => StopwatchListener.JoinedAsync(server.Address, room, $"member {n}")));

        var (warm, _) = await SendAsync(sender, Warming);      // what grows from here on is the stalled member's doing
        await Wait.UntilAsync(() => listeners.All(listener => listener.Latencies.Count == warm), "everybody is warm");
        foreach (var listener in listeners) listener.Latencies.Clear();
        var before = server.WorkingSet;
        using var mute = await RawClient.ConnectAsync(server.Address);
        var seat = JsonDocument.Parse(await mute.CallAsync("JoinRoom", $$"""{"room":"{{room}}","name":"mute"}"""))
            .RootElement.GetProperty("result").GetProperty("seat").GetString();

        var (sent, peak) = await SendAsync(sender, Duration, () => server.WorkingSet);
        await Wait.UntilAsync(
            () => listeners.All(listener => listener.Latencies.Count == sent), "everybody has everything");
        await server.WaitForOutputAsync("mute dropped: too-slow");

        foreach (var listener in listeners) await listener.DisposeAsync();
        var slowest = listeners.Max(listener => listener.Latencies.Max());
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{sent} messages, slowest {slowest.TotalMilliseconds:F0} ms, " +
            $"grown by {(peak - before) >> 20} MB from {before >> 20} MB");
        Assert.InRange(slowest, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.InRange((peak - before) >> 20, long.MinValue, 19);
        await using var back = await ChatClient.ConnectAsync(server.Address);
        Assert.Equal("mute", (await back.JoinAsync(room, "x", seat)).GetProperty("name").GetString());
        await back.WaitForSeqAsync(await back.SendAsync("I can hear you now"));
    }

    /// <summary>
    /// Sends at the rate whatever the answers take; gives how many, and the most that was measured meanwhile.
    /// </summary>
    private static async Task<(int Sent, long Peak)> SendAsync(
        ChatClient sender, TimeSpan duration, Func<long>? measure = null)
    {
        List<Task> answers = [];
        var peak = long.MinValue;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < duration; await Task.Delay(5))
        {
            while (answers.Count < clock.Elapsed.TotalSeconds * PerSecond)
                answers.Add(sender.SendAsync(StopwatchListener.Mark().PadRight(Length, 'x')));
            if (measure is not null) peak = Math.Max(peak, measure());
        }
        await Task.WhenAll(answers);
        return (answers.Count, peak);
    }

    /// <summary>
    /// A member that only looks when each message was sent, so that fifty of them fit into one process.
    /// </summary>
    private sealed class StopwatchListener : IAsyncDisposable
    {
        private const int Digits = 19;
        private readonly RawClient _client;
        private readonly Task _listening;

        private StopwatchListener(RawClient client)
        {
            _client = client;
            _listening = client.ScanAsync("\"text\":\""u8.ToArray(), Digits, mark =>
                Latencies.Add(Stopwatch.GetElapsedTime(long.Parse(mark, CultureInfo.InvariantCulture))));
        }

        public ConcurrentBag<TimeSpan> Latencies { get; } = [];

        public static string Mark() => Stopwatch.GetTimestamp().ToString($"D{Digits}", CultureInfo.InvariantCulture);

        public static async Task<StopwatchListener> JoinedAsync(Uri server, string room, string name)
        {
            var client = await RawClient.ConnectAsync(server);
            await client.CallAsync("JoinRoom", $$"""{"room":"{{room}}","name":"{{name}}"}""");
            return new StopwatchListener(client);
        }

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            await _listening;
        }
    }
}
