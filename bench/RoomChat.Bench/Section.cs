using RoomChat.Bench.Servers;
using RoomChat.Bench.Workloads;

namespace RoomChat.Bench;

/// <summary>One line of the table: a server under a load.</summary>
internal sealed record Row(string Name, Server Server, Workload Workload);

/// <summary>Rows that are compared with the first of them, and run in turn so that all have the same weather.</summary>
internal sealed record Section(string Key, string Title, string Goal, IReadOnlyList<Row> Rows)
{
    public string Unit => Rows[0].Workload.CostUnit;

    /// <summary>How often each row is run, unless somebody says.</summary>
    public int Repeats { get; init; } = 3;

    public static IEnumerable<Section> Of(string workload, IReadOnlyList<Server> servers) => workload switch
    {
        "busy" => [Comparison("busy", "1 room, 32 clients, each with one own message in flight", "≤ 1.0 µs, p99 < 8 ms", new ClosedLoopWorkload(32), servers)],
        "big" => [Comparison("big", "1 room, 1,000 members, 50 messages/s", "≤ 10 µs, p50 < 50 ms, p99 < 100 ms", Big(1000), servers)],
        "many" => [Comparison("many", "500 rooms of 4, 1,000 messages/s in all", "≤ 80 µs, p99 < 15 ms", Many(500), servers)],
        "idle" => [Comparison("idle", "5,000 connections in rooms of 5", "≤ 22 KB", new IdleWorkload(1000, 5000), servers)],
        // Over in less than a second, so that one hiccup of the machine is a good part of it.
        "storm" => [Comparison("storm", "2,000 clients connect and join, 64 at a time", "≤ 300 µs", new ConnectionStormWorkload(400, 2000), servers) with { Repeats = 9 }],
        "stall" =>
        [
            Comparison("stall 1 KB", "one of 50 never reads, 200 messages/s of 1 KB", StallGoal, new StalledMemberWorkload(50, 1024, 200), servers) with { Repeats = 1 },
            Comparison("stall 8 KB", "one of 50 never reads, 200 messages/s of 8 KB", StallGoal, new StalledMemberWorkload(50, 8192, 200), servers) with { Repeats = 1 },
        ],
        "growth" =>
        [
            new("growth of big", "a room of more and more members, 50 messages/s; ratio to the smallest", "1.00× is a straight line",
                [.. from members in new[] { 250, 500, 1000, 2000 } select new Row($"{members:N0} members", Server.RoomChat, Big(members))]) { Repeats = 2 },
            new("growth of many", "more and more rooms of 4, 2 messages/s in each; ratio to the smallest", "at most 1.00×: a straight line",
                [.. from rooms in new[] { 125, 250, 500, 1000 } select new Row($"{rooms:N0} rooms", Server.RoomChat, Many(rooms))]) { Repeats = 2 },
        ],
        "terminal" => [Terminal("busy", new ClosedLoopWorkload(32)), Terminal("many", Many(500))],
        _ => throw new ArgumentOutOfRangeException(nameof(workload)),
    };

    private const string StallGoal = "others' p99 < 30 ms, peak < 20 MB, cut within 12 s";

    private static OpenLoopWorkload Big(int members) => new(Rooms: 1, members, Senders: 10, MessagesPerSecond: 50);

    private static OpenLoopWorkload Many(int rooms) => new(rooms, Members: 4 * rooms, Senders: 4 * rooms, MessagesPerSecond: 2 * rooms);

    private static Section Comparison(string key, string title, string goal, Workload workload, IReadOnlyList<Server> servers) =>
        new(key, title, goal, [.. servers.Select(server => new Row(server.Name, server, workload))]);

    private static Section Terminal(string key, Workload workload) =>
        new($"terminal, {key}", "what writing it all to a terminal adds", "", [
            new("quiet", Server.RoomChat, workload),
            new("talking", Server.RoomChatWithTerminal, workload),
        ])
        { Repeats = 2 };
}
