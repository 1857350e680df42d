using System.Diagnostics;
using RoomChat.Bench.Measurement;
using RoomChat.Bench.Servers;
using RoomChat.Bench.Verification;
using RoomChat.Redis;
using RoomChat.Rooms;

namespace RoomChat.Bench.Workloads;

/// <summary>
/// What Redis itself takes: every room appends to its log, or only reads it, as soon as it was answered. They share a
/// connection, and their bells are heard on another, as those of one server.
/// </summary>
internal sealed record RoomLogWorkload(int Rooms, int MessagesAtOnce) : Workload
{
    public override string CostUnit => "µs of Redis";

    public override IReadOnlyList<Measurements> Run(ServerInstance server, Durations durations)
    {
        using var redis = new RedisConnection(new RedisSettings { Redis = server.RedisSetting }, new ActivityFeed());
        var rooms = Enumerable.Range(0, Rooms).Select(_ => new LoggedRoom(redis, MessagesAtOnce)).ToList();
        WaitForAll(rooms.Select(room => room.OpenAsync()));

        RunFor(durations.Cold);
        var start = TakeSnapshot();
        RunFor(durations.Steady);
        var end = TakeSnapshot();
        var measured = end.MeasureSince(start);
        return
        [
            measured with
            {
                Cost = measured.RedisCpuSeconds!.Value * 1e6 / Math.Max(1, end.Operations - start.Operations),
                ServerCpuShare = measured.RedisCpuSeconds / durations.Steady,
                Check = new CheckResult
                {
                    Refused = rooms.Sum(room => room.Refused),
                    SequenceGaps = rooms.Count(room => !room.HasAllInOrder),
                },
            },
        ];

        void RunFor(double seconds)
        {
            server.ThrowIfStopped();
            var until = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
            WaitForAll(rooms.Select(room => room.RunUntilAsync(until)));
        }

        ResourceSnapshot TakeSnapshot() => ResourceSnapshot.Take(server, rooms.Sum(room => room.Operations));
    }

    public override string ToString() => (Rooms, MessagesAtOnce) switch
    {
        (var rooms, 0) => $"{rooms} silent rooms, a read",
        (1, var messages) => $"1 room, {messages} at once",
        var (rooms, messages) => $"{rooms} rooms, {messages} at once",
    };

    private static void WaitForAll(IEnumerable<Task> tasks) => Task.WhenAll(tasks).GetAwaiter().GetResult();
}
