using System.Text.Json;
using RoomChat.Bench.Networking;
using RoomChat.Bench.Verification;

namespace RoomChat.Bench.Protocols;

internal sealed class RawProtocol(DeliveryTracker tracker) : Protocol(tracker)
{
    public override string Path => "/";
    public override ReadOnlySpan<byte> MessageSuffix => [];

    public override void OnConnected(WebSocketClient client) =>
        client.Send($$"""{"join":"{{client.Member!.Room.Code}}","name":"{{client.Member.Name}}"}""");

    public override void OnMessage(WebSocketClient client, ReadOnlySpan<byte> message)
    {
        if (client.State == ClientState.Joining && message.StartsWith("{\"joined\""u8)) client.MarkJoined();
        else RecordDeliveries(client, message);
    }

    protected override IEnumerable<string?> ReadTexts(JsonElement message) =>
        [message.GetProperty("text").GetString()];
}
