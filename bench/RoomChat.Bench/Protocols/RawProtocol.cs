using System.Text.Json;
using RoomChat.Bench.Networking;
using RoomChat.Bench.Verification;

namespace RoomChat.Bench.Protocols;

/// <summary><c>{"join","name"}</c> is answered <c>{"joined"}</c>; then text goes in, and <c>{"from","text"}</c> comes out to all.</summary>
internal sealed class RawProtocol(DeliveryTracker tracker) : Protocol(tracker)
{
    public override string Path => "/";
    public override ReadOnlySpan<byte> After => [];

    public override void OnConnected(WebSocketClient client) => client.Send($$"""{"join":"{{client.Member!.Room.Code}}","name":"{{client.Member.Name}}"}""");

    public override void OnMessage(WebSocketClient client, ReadOnlySpan<byte> message)
    {
        if (client.State == ClientState.Joining && message.StartsWith("{\"joined\""u8)) client.MarkJoined();
        else Take(client, message);
    }

    protected override IEnumerable<string?> TextsOf(JsonElement message) => [message.GetProperty("text").GetString()];
}
