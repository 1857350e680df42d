using System.Text;
using System.Text.Json;
using RoomChat.Bench.Networking;
using RoomChat.Bench.Verification;

namespace RoomChat.Bench.Protocols;

/// <summary>Socket.IO 5 over Engine.IO 4. Acknowledgement 0 is for the join, 1 for a message.</summary>
internal sealed class SocketIoProtocol(DeliveryTracker tracker) : Protocol(tracker)
{
    private static readonly byte[] MessagePrefix = "421[\"send\",\""u8.ToArray();

    public override string Path => "/socket.io/?EIO=4&transport=websocket";
    public override bool AcknowledgesMessages => true;
    public override ReadOnlySpan<byte> MessageSuffix => "\"]"u8;

    private static ReadOnlySpan<byte> OpenPacket => "0"u8;
    private static ReadOnlySpan<byte> PingPacket => "2"u8;
    private static ReadOnlySpan<byte> ConnectPacket => "40"u8;
    private static ReadOnlySpan<byte> MessageEvent => "42[\"message\""u8;
    private static ReadOnlySpan<byte> JoinAcknowledgement => "430["u8;
    private static ReadOnlySpan<byte> MessageAcknowledgement => "431["u8;

    public override void OnConnected(WebSocketClient client) => client.MessagePrefix = MessagePrefix;

    public override void OnMessage(WebSocketClient client, ReadOnlySpan<byte> message)
    {
        if (message.StartsWith(MessageEvent)) RecordDeliveries(client, message[2..]);
        else if (message.StartsWith(MessageAcknowledgement)) OnAcknowledgement(client.Member!);
        else if (message.StartsWith(JoinAcknowledgement)) client.MarkJoined();
        else if (message.StartsWith(ConnectPacket)) Join(client, client.Member!);
        else if (message.StartsWith(OpenPacket)) client.Send("40");
        else if (message.StartsWith(PingPacket)) client.Send("3");
        else client.Fail("unexpected packet: " + Encoding.UTF8.GetString(message[..Math.Min(60, message.Length)]));
    }

    protected override IEnumerable<string?> ReadTexts(JsonElement message) =>
        [message[1].GetProperty("text").GetString()];

    private void OnAcknowledgement(TrackedMember member) => Tracker.RecordAcknowledgement(member, accepted: true);

    private static void Join(WebSocketClient client, TrackedMember member) =>
        client.Send($"""420["join","{member.Room.Code}","{member.Name}"]""");
}
