using RoomChat.Bench.Protocols;
using RoomChat.Bench.Verification;

namespace RoomChat.Bench.Servers;

/// <summary>One of those that are compared: its command takes a port, and its settings are environment variables.</summary>
internal sealed record Server(string Key, string Name, Func<DeliveryTracker, Protocol> Speak, Func<int, string[]> Command)
{
    private static readonly string Here = AppContext.BaseDirectory;

    public static readonly Server RoomChat = new(
        "roomchat", "RoomChat", tracker => new RoomChatProtocol(tracker), port => ["dotnet", Path.Combine(Here, "RoomChat.dll"), $"--urls=http://127.0.0.1:{port}"])
    {
        Settings = new()
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

    /// <summary>As people run it: all that happens is written to a terminal, here to nowhere.</summary>
    public static readonly Server RoomChatTalking = RoomChat with
    {
        Key = "talking",
        Name = "RoomChat, terminal on",
        Settings = new(RoomChat.Settings) { ["Serilog__MinimumLevel__Default"] = "Information" },
    };

    public static readonly Server Naive = new("naive", "naive SignalR", tracker => new NaiveProtocol(tracker), port => Own(NaiveChat.Verb, port));

    public static readonly Server Raw = new("raw", "raw Kestrel", tracker => new RawProtocol(tracker), port => Own(RawBroadcast.Verb, port));

    public static readonly Server Bun = new(
        "bun", "Bun", tracker => new RawProtocol(tracker), port => [Peers.Path("node_modules/@oven/bun-linux-x64/bin/bun"), Peers.Path("bun.js"), $"{port}"])
    {
        IsFetched = true,
    };

    public static readonly Server SocketIo = new(
        "socketio", "Socket.IO", tracker => new SocketIoProtocol(tracker), port => ["node", Peers.Path("socketio.js"), $"{port}"])
    {
        IsFetched = true,
        Settings = new() { ["NODE_ENV"] = "production" },
    };

    public static readonly IReadOnlyList<Server> All = [RoomChat, Naive, Raw, Bun, SocketIo];

    public Dictionary<string, string> Settings { get; init; } = [];

    /// <summary>npm brings what it needs.</summary>
    public bool IsFetched { get; init; }

    private static string[] Own(string verb, int port) => ["dotnet", Path.Combine(Here, "RoomChat.Bench.dll"), "serve", verb, $"{port}"];
}
