using System.Text;
using System.Text.Json;
using RoomChat.Bench.Networking;
using RoomChat.Bench.Verification;

namespace RoomChat.Bench.Protocols;

/// <summary>SignalR's JSON hub protocol. Invocation <c>j</c> is the join, <c>m</c> a message, each completed by the server.</summary>
internal abstract class SignalRProtocol(DeliveryTracker tracker) : Protocol(tracker)
{
    private const byte RecordEnd = 0x1e;

    public override bool Answers => true;
    public override byte[] KeepAlive { get; } = "{\"type\":6}\u001e"u8.ToArray();

    /// <summary><c>"target":"..."</c> of the invocation that brings messages.</summary>
    protected abstract ReadOnlySpan<byte> Bringing { get; }

    public sealed override void OnConnected(WebSocketClient client) => client.Send("{\"protocol\":\"json\",\"version\":1}\u001e");

    public sealed override void OnMessage(WebSocketClient client, ReadOnlySpan<byte> message)
    {
        for (int end; (end = message.IndexOf(RecordEnd)) >= 0; message = message[(end + 1)..])
        {
            var record = message[..end];
            if (record[..Math.Min(60, end)].IndexOf(Bringing) >= 0) Bring(client, record);
            else if (record.StartsWith("{\"type\":3,\"invocationId\":\"m\""u8)) Tracker.RecordAcknowledgement(client.Member!, IsGranted(record));
            else if (record.SequenceEqual("{}"u8)) Ready(client);
            else Control(client, record);
        }
        if (message.Length > 0) Tracker.RecordMalformedMessage(); // a message holds whole records
    }

    protected abstract void Ready(WebSocketClient client);

    protected abstract void Bring(WebSocketClient client, ReadOnlySpan<byte> record);

    protected abstract bool IsGranted(ReadOnlySpan<byte> completion);

    protected virtual void Completed(WebSocketClient client, string id, JsonElement completion) => client.MarkJoined();

    protected static void Invoke(WebSocketClient client, string id, string target, string arguments) =>
        client.Send($$"""{"type":1,"invocationId":"{{id}}","target":"{{target}}","arguments":[{{arguments}}]}""" + "\u001e");

    protected static byte[] Sending(string arguments) =>
        Encoding.UTF8.GetBytes("{\"type\":1,\"invocationId\":\"m\",\"target\":\"SendMessage\",\"arguments\":[" + arguments);

    private void Control(WebSocketClient client, ReadOnlySpan<byte> record)
    {
        using var document = JsonDocument.Parse(record.ToArray());
        var root = document.RootElement;
        switch (root.TryGetProperty("type", out var type) ? type.GetInt32() : 0)
        {
            case 3 when !root.TryGetProperty("error", out _):
                Completed(client, root.GetProperty("invocationId").GetString()!, root);
                break;
            case 0 or 3 or 7:
                client.Fail($"the hub said {root}");
                break;
            case 1 when root.GetProperty("target").GetString() == "Closed":
                client.Fail($"the hub said {root}");
                break;
        }
    }
}
