using System.Text.Json;
using RoomChat.Bench.Networking;
using RoomChat.Bench.Verification;

namespace RoomChat.Bench.Protocols;

internal sealed class NaiveProtocol(DeliveryTracker tracker) : SignalRProtocol(tracker)
{
    public override string Path => "/chat";
    public override ReadOnlySpan<byte> MessageSuffix => "\"]}\u001e"u8;
    protected override ReadOnlySpan<byte> ReceiveTarget => "\"target\":\"ReceiveMessage\""u8;

    protected override void OnHandshakeCompleted(WebSocketClient client)
    {
        var room = client.Member!.Room.Code;
        client.MessagePrefix = CreateMessagePrefix($"\"{room}\",\"");
        Invoke(client, JoinId, "JoinRoom", $"\"{room}\",\"{client.Member.Name}\"");
    }

    protected override void OnReceive(WebSocketClient client, ReadOnlySpan<byte> invocation) =>
        RecordDeliveries(client, invocation);

    protected override bool IsAccepted(ReadOnlySpan<byte> completion) => completion.IndexOf("\"error\""u8) < 0;

    protected override IEnumerable<string?> ReadTexts(JsonElement message) =>
        [message.GetProperty("arguments")[1].GetString()];
}
