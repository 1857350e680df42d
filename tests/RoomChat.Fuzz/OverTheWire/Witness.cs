using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace RoomChat.Fuzz.OverTheWire;

/// <summary>Owns the room that the others join, talks in it, and must never lose its connection.</summary>
internal sealed class Witness : IDisposable
{
    private const char End = '\u001e';
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100), Patience = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[256 << 10];
    private readonly StringBuilder _partial = new();
    private readonly Queue<string> _records = new();

    public string Room { get; private set; } = "";

    public int Acknowledged { get; private set; }

    public TimeSpan Slowest { get; private set; }

    public static async Task<Witness> JoinAsync(Uri hub)
    {
        var witness = new Witness();
        await witness._socket.ConnectAsync(hub, CancellationToken.None);
        await witness.SendAsync("""{"protocol":"json","version":1}""");
        await witness.NextAsync();
        witness.Room = (await witness.CallAsync("CreateRoom", "null")).GetProperty("room").GetString()!;
        await witness.CallAsync("JoinRoom", $$"""{"room":"{{witness.Room}}","name":"witness"}""");
        return witness;
    }

    public async Task TalkAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            var before = TimeProvider.System.GetTimestamp();
            var answer = await CallAsync("SendMessage", $$"""{"text":"still here {{Acknowledged}}"}""");
            var took = TimeProvider.System.GetElapsedTime(before);
            if (took > Slowest) Slowest = took;
            PropertyException.Require(answer.TryGetProperty("seq", out _), $"The witness is heard: {answer}");
            Acknowledged++;
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    private async Task<JsonElement> CallAsync(string method, string argument)
    {
        await SendAsync($$"""{"type":1,"invocationId":"w","target":"{{method}}","arguments":[{{argument}}]}""");
        while (true)
        {
            var record = await NextAsync().WaitAsync(Patience);
            if (!record.StartsWith("{\"type\":3", StringComparison.Ordinal)) continue;
            using var answer = JsonDocument.Parse(record);
            return answer.RootElement.GetProperty("result").Clone();
        }
    }

    private Task SendAsync(string record) => _socket.SendAsync(
        Encoding.UTF8.GetBytes(record + End), WebSocketMessageType.Text, true, CancellationToken.None);

    private async Task<string> NextAsync()
    {
        while (_records.Count == 0)
        {
            var received = await _socket.ReceiveAsync(_buffer, CancellationToken.None);
            PropertyException.Require(
                received.MessageType == WebSocketMessageType.Text, "The witness keeps its connection");
            // All that it looks for is ASCII.
            var parts = Encoding.Latin1.GetString(_buffer, 0, received.Count).Split(End);
            foreach (var part in parts[..^1])
            {
                _records.Enqueue(_partial.Append(part).ToString());
                _partial.Clear();
            }
            _partial.Append(parts[^1]);
        }
        return _records.Dequeue();
    }

    public void Dispose() => _socket.Dispose();
}
