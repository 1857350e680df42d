using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace RoomChat.Bench.Servers;

/// <summary>WebSockets on Kestrel and no more than it takes to say to a room what one of it said: the floor on this stack.</summary>
internal static class RawBroadcast
{
    public const string Verb = "raw";

    public static void Run(string port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");

        var app = builder.Build();
        var rooms = new ConcurrentDictionary<string, RawRoom>();
        app.UseWebSockets();
        app.Run(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await new RawMember(socket).ServeAsync(rooms);
        });
        app.Run();
    }
}

internal sealed record RawJoin(string Join, string Name);

internal sealed class RawRoom
{
    private readonly Lock _gate = new();
    private RawMember[] _members = [];

    public void Add(RawMember member)
    {
        lock (_gate) { _members = [.. _members, member]; }
    }

    public void Remove(RawMember member)
    {
        lock (_gate) { _members = [.. _members.Where(other => other != member)]; }
    }

    public void Say(byte[] message)
    {
        lock (_gate) { foreach (var member in _members) member.Hear(message); }
    }
}

internal sealed class RawMember(WebSocket socket)
{
    private readonly Channel<byte[]> _waiting = Channel.CreateUnbounded<byte[]>(new() { SingleReader = true });
    private byte[] _buffer = new byte[256];

    public void Hear(byte[] message) => _waiting.Writer.TryWrite(message);

    public async Task ServeAsync(ConcurrentDictionary<string, RawRoom> rooms)
    {
        if (await ReadAsync() is not { } opening) return;
        var (code, name) = JsonSerializer.Deserialize<RawJoin>(opening.Span, JsonSerializerOptions.Web)!;
        var room = rooms.GetOrAdd(code, _ => new RawRoom());
        Hear(Encoding.UTF8.GetBytes($$"""{"joined":"{{code}}"}"""));
        room.Add(this);
        var writing = WriteAsync();
        try
        {
            while (await ReadAsync() is { } text) room.Say(Message(name, text.Span));
        }
        catch (WebSocketException) { } // it hung up
        room.Remove(this);
        _waiting.Writer.Complete();
        await writing;
    }

    private async ValueTask<ReadOnlyMemory<byte>?> ReadAsync()
    {
        for (var length = 0; ;)
        {
            var part = await socket.ReceiveAsync(_buffer.AsMemory(length), default);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            length += part.Count;
            if (part.EndOfMessage) return _buffer.AsMemory(0, length);
            if (length == _buffer.Length) Array.Resize(ref _buffer, 2 * length);
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            await foreach (var message in _waiting.Reader.ReadAllAsync()) await socket.SendAsync(message, WebSocketMessageType.Text, true, default);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException) { } // it hung up
    }

    private static byte[] Message(string name, ReadOnlySpan<byte> text)
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
