using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace RoomChat.Bench.Servers;

/// <summary>A minimal broadcast over WebSockets on Kestrel: a lower bound for the cost on this stack.</summary>
internal static class RawWebSocketServer
{
    public const string Name = "raw";

    public static void Run(string port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");

        var app = builder.Build();
        var rooms = new ConcurrentDictionary<string, BroadcastRoom>();
        app.UseWebSockets();
        app.Run(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await new BroadcastConnection(socket).RunAsync(rooms);
        });
        app.Run();
    }
}

internal sealed record BroadcastJoin(string Join, string Name);

internal sealed class BroadcastRoom
{
    private readonly Lock _lock = new();
    private BroadcastConnection[] _connections = [];

    public void Add(BroadcastConnection connection)
    {
        lock (_lock) { _connections = [.. _connections, connection]; }
    }

    public void Remove(BroadcastConnection connection)
    {
        lock (_lock) { _connections = [.. _connections.Where(other => other != connection)]; }
    }

    public void Broadcast(byte[] message)
    {
        lock (_lock) { foreach (var connection in _connections) connection.Enqueue(message); }
    }
}

internal sealed class BroadcastConnection(WebSocket socket)
{
    private readonly Channel<byte[]> _queue = Channel.CreateUnbounded<byte[]>(new() { SingleReader = true });
    private byte[] _buffer = new byte[256];

    public void Enqueue(byte[] message) => _queue.Writer.TryWrite(message);

    public async Task RunAsync(ConcurrentDictionary<string, BroadcastRoom> rooms)
    {
        if (await ReadAsync() is not { } join) return;
        var (code, name) = JsonSerializer.Deserialize<BroadcastJoin>(join.Span, JsonSerializerOptions.Web)!;
        var room = rooms.GetOrAdd(code, _ => new BroadcastRoom());
        Enqueue(Encoding.UTF8.GetBytes($$"""{"joined":"{{code}}"}"""));
        room.Add(this);
        var writing = WriteQueueAsync();
        try
        {
            while (await ReadAsync() is { } text) room.Broadcast(SerializeMessage(name, text.Span));
        }
        catch (WebSocketException) { } // the client disconnected
        room.Remove(this);
        _queue.Writer.Complete();
        await writing;
    }

    private async ValueTask<ReadOnlyMemory<byte>?> ReadAsync()
    {
        for (var length = 0; ;)
        {
            var received = await socket.ReceiveAsync(_buffer.AsMemory(length), default);
            if (received.MessageType == WebSocketMessageType.Close) return null;
            length += received.Count;
            if (received.EndOfMessage) return _buffer.AsMemory(0, length);
            if (length == _buffer.Length) Array.Resize(ref _buffer, 2 * length);
        }
    }

    private async Task WriteQueueAsync()
    {
        try
        {
            await foreach (var message in _queue.Reader.ReadAllAsync())
                await socket.SendAsync(message, WebSocketMessageType.Text, true, default);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException) { } // the client disconnected
    }

    private static byte[] SerializeMessage(string name, ReadOnlySpan<byte> text)
    {
        using var bytes = new MemoryStream(text.Length + 64);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("from"u8, name);
            json.WriteString("text"u8, text);
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }
}
