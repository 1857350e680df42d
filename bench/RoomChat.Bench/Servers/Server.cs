using RoomChat.Bench.Profiling;
using RoomChat.Bench.Protocols;
using RoomChat.Bench.Verification;

namespace RoomChat.Bench.Servers;

internal sealed record Server(
    string Key, string Name, Func<DeliveryTracker, Protocol> CreateProtocol, Func<int, string[]> GetCommand)
{
    public static readonly Server RoomChat = new(
        "roomchat",
        "RoomChat",
        tracker => new RoomChatProtocol(tracker),
        port => ["dotnet", GetPath("RoomChat.dll"), $"--urls=http://127.0.0.1:{port}"])
    {
        HasPages = true,
        Environment = new()
        {
            ["RoomChat__Limits__MessagesPerSecond"] = "0",
            ["RoomChat__Limits__RoomsPerMinute"] = "0",
            ["RoomChat__Limits__JoinsPerMinute"] = "0",
            ["RoomChat__Limits__ConnectionsPerAddress"] = "0",
            ["RoomChat__Limits__Rooms"] = "0",
            ["RoomChat__Limits__MembersPerRoom"] = "0",
            ["RoomChat__Limits__MessageLength"] = "20000",
            ["Serilog__MinimumLevel__Default"] = "Warning",
        },
    };

    /// <summary>With the default log level: every event is written to a terminal, here to /dev/null.</summary>
    public static readonly Server RoomChatWithTerminal = RoomChat with
    {
        Environment = new(RoomChat.Environment) { ["Serilog__MinimumLevel__Default"] = "Information" },
    };

    /// <summary>As it is shipped, behind a proxy of this machine.</summary>
    public static readonly Server RoomChatBehindProxy = RoomChat with
    {
        Environment = new() { ["RoomChat__Metrics"] = "true", ["RoomChat__Proxies"] = "127.0.0.1" },
    };

    public static readonly Server Naive = new(
        "naive",
        "naive SignalR",
        tracker => new NaiveProtocol(tracker),
        port => GetServeCommand(NaiveSignalRServer.Name, port));

    public static readonly Server Raw = new(
        "raw",
        "raw Kestrel",
        tracker => new RawProtocol(tracker),
        port => GetServeCommand(RawWebSocketServer.Name, port));

    public static readonly Server Bun = new(
        "bun",
        "Bun",
        tracker => new RawProtocol(tracker),
        port =>
        [
            JavaScriptServers.GetPath("node_modules/@oven/bun-linux-x64/bin/bun"),
            JavaScriptServers.GetPath("bun.js"),
            $"{port}",
        ])
    {
        RequiresNpm = true,
    };

    public static readonly Server SocketIo = new(
        "socketio",
        "Socket.IO",
        tracker => new SocketIoProtocol(tracker),
        port => ["node", JavaScriptServers.GetPath("socketio.js"), $"{port}"])
    {
        RequiresNpm = true,
        Environment = new() { ["NODE_ENV"] = "production" },
    };

    public static readonly IReadOnlyList<Server> All = [RoomChat, Naive, Raw, Bun, SocketIo];

    public Dictionary<string, string> Environment { get; init; } = [];
    public string WorkingDirectory { get; init; } = AppContext.BaseDirectory;
    public bool RequiresNpm { get; init; }
    public bool HasPages { get; init; }
    public bool IsProfiled { get; init; }

    /// <summary>How many of it share one Redis; null if it runs alone, without one.</summary>
    public int? SharingRedis { get; init; }

    public Server WithVariable(string name, string value) => this with
    {
        Name = $"{Name} {name}={value}",
        Environment = new(Environment) { [name] = value },
    };

    public Server OnRedis(int servers) => this with
    {
        Name = servers == 1 ? $"{Name} on Redis" : $"{servers} {Name} on Redis",
        SharingRedis = servers,
    };

    public Server WithProfiling() => this with
    {
        IsProfiled = true,
        Environment = new([.. Environment, .. Perf.ServerEnvironment]),
    };

    public Server WithBuild(string dll) => this with
    {
        Name = $"{Name} {dll}",
        GetCommand = port => ["dotnet", Path.GetFullPath(dll), $"--urls=http://127.0.0.1:{port}"],
        WorkingDirectory = Path.GetDirectoryName(Path.GetFullPath(dll))!,
    };

    private static string[] GetServeCommand(string name, int port) =>
        ["dotnet", GetPath("RoomChat.Bench.dll"), "serve", name, $"{port}"];

    private static string GetPath(string file) => Path.Combine(AppContext.BaseDirectory, file);
}
