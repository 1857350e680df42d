using System.Text.Json;
using RoomChat.Bench.Networking;
using RoomChat.Bench.Verification;

namespace RoomChat.Bench.Protocols;

/// <summary>Packets of Engine.IO 4 and Socket.IO 5 over a WebSocket; acknowledgement 0 is the join's, 1 a message's.</summary>
internal sealed class SocketIoProtocol(DeliveryTracker tracker) : Protocol(tracker)
{
    private static readonly byte[] BeforeText = "421[\"send\",\""u8.ToArray();

    public override string Path => "/socket.io/?EIO=4&transport=websocket";
    public override bool Answers => true;
    public override ReadOnlySpan<byte> After => "\"]"u8;

    public override void OnConnected(WebSocketClient client) => client.MessagePrefix = BeforeText; // the server speaks first

    public override void OnMessage(WebSocketClient client, ReadOnlySpan<byte> message)
    {
        if (message.StartsWith("42[\"message\""u8)) Take(client, message[2..]);
        else if (message.StartsWith("431["u8)) Tracker.RecordAcknowledgement(client.Member!, accepted: true);
        else if (message.StartsWith("430["u8)) client.MarkJoined();
        else if (message.StartsWith("40"u8)) client.Send($"""420["join","{client.Member!.Room.Code}","{client.Member.Name}"]""");
        else if (message.StartsWith("0"u8)) client.Send("40");
        else if (message.StartsWith("2"u8)) client.Send("3");
        else client.Fail("Socket.IO said " + System.Text.Encoding.UTF8.GetString(message[..Math.Min(60, message.Length)]));
    }

    protected override IEnumerable<string?> TextsOf(JsonElement message) => [message[1].GetProperty("text").GetString()];
}
