using System.Text.Json;
using RoomChat.Bench.Networking;
using RoomChat.Bench.Verification;

namespace RoomChat.Bench.Protocols;

/// <summary>The tutorial's methods: <c>JoinRoom(room, name)</c>, <c>SendMessage(room, text)</c>, <c>ReceiveMessage(name, text)</c>.</summary>
internal sealed class NaiveProtocol(DeliveryTracker tracker) : SignalRProtocol(tracker)
{
    public override string Path => "/chat";
    public override ReadOnlySpan<byte> After => "\"]}\u001e"u8;
    protected override ReadOnlySpan<byte> Bringing => "\"target\":\"ReceiveMessage\""u8;

    protected override void Ready(WebSocketClient client)
    {
        var room = client.Member!.Room.Code;
        client.MessagePrefix = Sending($"\"{room}\",\"");
        Invoke(client, "j", "JoinRoom", $"\"{room}\",\"{client.Member.Name}\"");
    }

    protected override void Bring(WebSocketClient client, ReadOnlySpan<byte> record) => Take(client, record);

    protected override bool IsGranted(ReadOnlySpan<byte> completion) => completion.IndexOf("\"error\""u8) < 0;

    protected override IEnumerable<string?> TextsOf(JsonElement message) => [message.GetProperty("arguments")[1].GetString()];
}
