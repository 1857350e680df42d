using System.Text;
using System.Text.Json;
using RoomChat.Bench.Networking;
using RoomChat.Bench.Verification;

namespace RoomChat.Bench.Protocols;

internal abstract class SignalRProtocol(DeliveryTracker tracker) : Protocol(tracker)
{
    protected const string JoinId = "j", MessageId = "m";

    private const byte RecordSeparator = 0x1e;
    private const int Invocation = 1, Completion = 3, Close = 7;
    private const int TargetSearchLength = 60;

    public override bool AcknowledgesMessages => true;
    public override byte[] KeepAliveMessage { get; } = "{\"type\":6}\u001e"u8.ToArray();

    protected abstract ReadOnlySpan<byte> ReceiveTarget { get; }

    private static ReadOnlySpan<byte> HandshakeResponse => "{}"u8;
    private static ReadOnlySpan<byte> MessageCompletion => "{\"type\":3,\"invocationId\":\"m\""u8;

    public sealed override void OnConnected(WebSocketClient client) =>
        client.Send("{\"protocol\":\"json\",\"version\":1}\u001e");

    public sealed override void OnMessage(WebSocketClient client, ReadOnlySpan<byte> message)
    {
        for (int end; (end = message.IndexOf(RecordSeparator)) >= 0; message = message[(end + 1)..])
        {
            var record = message[..end];
            if (record[..Math.Min(TargetSearchLength, end)].IndexOf(ReceiveTarget) >= 0) OnReceive(client, record);
            else if (record.StartsWith(MessageCompletion)) OnMessageCompletion(client, record);
            else if (record.SequenceEqual(HandshakeResponse)) OnHandshakeCompleted(client);
            else OnOtherRecord(client, record);
        }
        var isTruncated = message.Length > 0;
        if (isTruncated) Tracker.RecordMalformedMessage();
    }

    protected abstract void OnHandshakeCompleted(WebSocketClient client);

    protected abstract void OnReceive(WebSocketClient client, ReadOnlySpan<byte> invocation);

    protected abstract bool IsAccepted(ReadOnlySpan<byte> completion);

    protected virtual void OnOtherCompletion(WebSocketClient client, JsonElement completion) => client.MarkJoined();

    protected static void Invoke(WebSocketClient client, string id, string target, string arguments) =>
        client.Send($"{InvocationStart(id, target)}{arguments}]}}\u001e");

    protected static byte[] CreateMessagePrefix(string arguments) =>
        Encoding.UTF8.GetBytes(InvocationStart(MessageId, "SendMessage") + arguments);

    private static string InvocationStart(string id, string target) =>
        $$"""{"type":1,"invocationId":"{{id}}","target":"{{target}}","arguments":[""";

    protected virtual void OnMessageCompletion(WebSocketClient client, ReadOnlySpan<byte> completion) =>
        Tracker.RecordAcknowledgement(client.Member!, IsAccepted(completion));

    private void OnOtherRecord(WebSocketClient client, ReadOnlySpan<byte> record)
    {
        using var document = JsonDocument.Parse(record.ToArray());
        var root = document.RootElement;
        int? type = root.TryGetProperty("type", out var number) ? number.GetInt32() : null;
        switch (type)
        {
            case Completion when !root.TryGetProperty("error", out _):
                OnOtherCompletion(client, root);
                break;
            case null or Completion or Close:
            case Invocation when root.GetProperty("target").GetString() == "Closed":
                client.Fail($"unexpected SignalR message: {root}");
                break;
        }
    }
}
