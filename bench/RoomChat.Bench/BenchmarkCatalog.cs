using RoomChat.Bench.Measurement;
using RoomChat.Bench.Servers;
using RoomChat.Bench.Workloads;

namespace RoomChat.Bench;

internal static class BenchmarkCatalog
{
    public static readonly IReadOnlyList<string> QuickWorkloadNames = ["start", "busy", "big", "many", "idle", "storm"];

    public static readonly IReadOnlyList<string> AllWorkloadNames =
        [.. QuickWorkloadNames, "stall", "crowd", "growth", "terminal", "page"];

    /// <summary>They need redis-server.</summary>
    public static readonly IReadOnlyList<string> RedisWorkloadNames = ["scale", "redis"];

    private static readonly IReadOnlyList<Phase> ColdAndSteady = [Phase.Steady, Phase.Cold];

    public static IEnumerable<Benchmark> GetBenchmarks(string workloadName, IReadOnlyList<Server> servers) =>
        workloadName switch
        {
            "start" =>
            [
                CompareServers(
                    [.. servers.Where(server => server.HasPages || server.Key == Server.Naive.Key)],
                    new StartWorkload(), "start",
                    title: "from the start of the process to its first page; of naive SignalR, to its first answer",
                    goal: "") with
                {
                    Phases = [Phase.Cold],
                    DefaultRepeats = 9,
                },
            ],
            "busy" =>
            [
                CompareServers(
                    servers, Busy, "busy",
                    title: "1 room, 32 members, each with one message in flight",
                    goal: "≤ 1.0 µs, p99 < 8 ms") with
                {
                    Phases = ColdAndSteady,
                },
            ],
            "big" =>
            [
                CompareServers(
                    servers, Big(members: 1000), "big",
                    title: "1 room, 1,000 members, 50 messages/s",
                    goal: "≤ 10 µs, p50 < 50 ms, p99 < 100 ms") with
                {
                    Phases = ColdAndSteady,
                },
            ],
            "many" =>
            [
                CompareServers(
                    servers, Many(rooms: 500), "many",
                    title: "500 rooms of 4, 1,000 messages/s in total",
                    goal: "≤ 80 µs, p99 < 15 ms") with
                {
                    Phases = ColdAndSteady,
                },
            ],
            "idle" =>
            [
                CompareServers(
                    servers, new IdleWorkload(Rooms: 1000, Members: 5000), "idle",
                    title: "5,000 connections in rooms of 5, 15 s after the last has joined",
                    goal: "≤ 22 KB"),
            ],
            "storm" =>
            [
                CompareServers(
                    servers, new ConnectionStormWorkload(Rooms: 400, Members: 2000), "storm",
                    title: "2,000 clients connect and join, 64 at a time",
                    goal: "≤ 300 µs") with
                {
                    Phases = ColdAndSteady,
                },
            ],
            "stall" => [Stall(servers, textKilobytes: 1), Stall(servers, textKilobytes: 8)],
            "crowd" =>
            [
                CompareServers(
                    [.. servers.Where(server => server.HasPages)],
                    new CrowdWorkload(Members: 1000, OtherRooms: 10, Others: 100), "crowd",
                    title: "1,000 join one room in 10 s, talk and leave in 10 s, beside 10 rooms of 10 that chat",
                    goal: "the others' p99 < 30 ms while they come and go") with
                {
                    Phases = ColdAndSteady,
                    DefaultRepeats = 1,
                },
            ],
            "scale" =>
            [
                CompareServers(
                    servers, Shared(rooms: 500, messagesPerSecond: 4000), "scale of many",
                    title: "500 rooms of 4, 4,000 messages/s in total; members take turns at the servers",
                    goal: ""),
                CompareServers(
                    servers, Shared(rooms: 500, messagesPerSecond: 800), "scale of few",
                    title: "500 rooms of 4, 800 messages/s in total",
                    goal: ""),
                CompareServers(
                    servers, Shared(rooms: 100, messagesPerSecond: 800), "scale of groups",
                    title: "100 rooms of 20, 800 messages/s in total: 16 deliveries more for each",
                    goal: "each of the 16 within 15 % of one without Redis"),
                CompareServers(
                    servers, Big(members: 2000), "scale of big",
                    title: "1 room, 2,000 members, 50 messages/s; members take turns at the servers",
                    goal: ""),
            ],
            "redis" => [RedisAlone()],
            "growth" => [GrowthOfBig(), GrowthOfMany()],
            "page" => [GrowthOfPage(servers)],
            "terminal" => [CompareTerminal("busy", Busy), CompareTerminal("many", Many(rooms: 500))],
            _ => throw new ArgumentOutOfRangeException(nameof(workloadName)),
        };

    private static ClosedLoopWorkload Busy => new(Members: 32);

    private static OpenLoopWorkload Big(int members) => new(Rooms: 1, members, Senders: 10, MessagesPerSecond: 50);

    private static OpenLoopWorkload Many(int rooms) =>
        new(rooms, Members: 4 * rooms, Senders: 4 * rooms, MessagesPerSecond: 2 * rooms);

    private static OpenLoopWorkload Shared(int rooms, double messagesPerSecond) =>
        new(rooms, Members: 2000, Senders: 2000, messagesPerSecond);

    private static Benchmark CompareServers(
        IReadOnlyList<Server> servers, Workload workload, string key, string title, string goal) =>
        new(key, title, goal, [.. servers.Select(server => new BenchmarkCase(server.Name, server, workload))]);

    private static Benchmark Stall(IReadOnlyList<Server> servers, int textKilobytes) =>
        CompareServers(
            servers,
            new StalledMemberWorkload(Members: 50, TextSize: 1024 * textKilobytes, MessagesPerSecond: 200),
            $"stall {textKilobytes} KB",
            title: $"one of 50 stops reading, 200 messages/s of {textKilobytes} KB",
            goal: "others' p99 < 30 ms, peak < 20 MB, disconnect within 12 s") with
        {
            DefaultRepeats = 1,
        };

    private static Benchmark GrowthOfBig() => new(
        "growth of big",
        "1 room of 250 to 2,000 members, 50 messages/s; ratios to the smallest",
        "1.00× is linear growth",
        [
            .. from members in new[] { 250, 500, 1000, 2000 }
               select new BenchmarkCase($"{members:N0} members", Server.RoomChat, Big(members)),
        ])
    {
        DefaultRepeats = 1,
    };

    private static Benchmark GrowthOfMany() => new(
        "growth of many",
        "125 to 1,000 rooms of 4, 2 messages/s in each; ratios to the smallest",
        "at most 1.00×, which is linear growth",
        [
            .. from rooms in new[] { 125, 250, 500, 1000 }
               select new BenchmarkCase($"{rooms:N0} rooms", Server.RoomChat, Many(rooms)),
        ])
    {
        DefaultRepeats = 1,
    };

    private static Benchmark RedisAlone() => new(
        "redis",
        "rooms without servers append to their logs, or read them, as soon as Redis has answered on a core of its own",
        Goal: "",
        [
            .. from workload in new RoomLogWorkload[]
               {
                   new(Rooms: 500, MessagesAtOnce: 1),
                   new(Rooms: 500, MessagesAtOnce: 10),
                   new(Rooms: 1, MessagesAtOnce: 100),
                   new(Rooms: 500, MessagesAtOnce: 0),
               }
               select new BenchmarkCase($"{workload}", Server.RoomChat.OnRedis(servers: 0), workload),
        ]);

    private static Benchmark GrowthOfPage(IReadOnlyList<Server> servers) => new(
        "page",
        "a room in a browser, 200 messages/s; ratios to the first",
        "≤ 0.5 ms, the same for each; no frame over 50 ms, < 5,000 nodes, < 50 MB",
        [
            .. from server in servers
               where server.HasPages
               from workload in new PageWorkload[]
               {
                   new(MessagesBefore: 1_000, Members: 10),
                   new(MessagesBefore: 10_000, Members: 10),
                   new(MessagesBefore: 100_000, Members: 10),
                   new(MessagesBefore: 1_000, Members: 1_000),
               }
               select new BenchmarkCase(
                   $"{server.Name} after {workload.MessagesBefore:N0}, {workload.Members:N0} there", server, workload),
        ])
    {
        DefaultRepeats = 1,
    };

    private static Benchmark CompareTerminal(string workloadName, Workload workload) => new(
        $"terminal, {workloadName}",
        "the cost of writing every event to a terminal",
        Goal: "",
        [
            new("terminal off", Server.RoomChat, workload),
            new("terminal on", Server.RoomChatWithTerminal, workload),
        ])
    {
        DefaultRepeats = 1,
    };
}
