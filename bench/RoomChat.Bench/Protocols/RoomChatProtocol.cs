using System.Buffers.Text;
using System.Text.Json;
using RoomChat.Bench.Networking;
using RoomChat.Bench.Verification;

namespace RoomChat.Bench.Protocols;

/// <summary>Messages and notices of a room share one sequence of numbers.</summary>
internal class RoomChatProtocol(DeliveryTracker tracker) : SignalRProtocol(tracker)
{
    private const string CreateId = "c";

    private static readonly byte[] MessagePrefix = CreateMessagePrefix("{\"text\":\"");

    private int _createdRooms;

    public override string Path => "/hub";
    public override bool RequiresRoomCreation => true;
    public override bool GuaranteesTotalOrder => true;
    public override byte[] LeaveMessage { get; } =
        "{\"type\":1,\"target\":\"LeaveRoom\",\"arguments\":[]}\u001e"u8.ToArray();

    public override ReadOnlySpan<byte> MessageSuffix => "\"}]}\u001e"u8;
    protected override ReadOnlySpan<byte> ReceiveTarget => "\"target\":\"Receive\""u8;

    private static ReadOnlySpan<byte> EventStart => "{\"seq\":"u8;

    protected override void OnHandshakeCompleted(WebSocketClient client)
    {
        client.MessagePrefix = MessagePrefix;
        if (client.Member is { } member) Join(client, member);
        else CreateNextRoom(client);
    }

    protected override void OnOtherCompletion(WebSocketClient client, JsonElement completion)
    {
        var result = completion.GetProperty("result");
        if (result.TryGetProperty("refused", out _))
        {
            client.Fail($"refused: {result}");
        }
        else if (client.Member is null)
        {
            Tracker.Rooms[_createdRooms++].Code = result.GetProperty("room").GetString()!;
            CreateNextRoom(client);
        }
        else
        {
            client.MarkJoined();
        }
    }

    protected override void OnReceive(WebSocketClient client, ReadOnlySpan<byte> invocation)
    {
        if (client.Member is not { } member) return;
        var remaining = invocation;
        for (int start; (start = remaining.IndexOf(EventStart)) >= 0;)
        {
            remaining = remaining[(start + EventStart.Length)..];
            if (!Utf8Parser.TryParse(remaining, out long sequenceNumber, out var digits)) break;
            Tracker.RecordSequenceNumber(member, sequenceNumber);
            if (!remaining[digits..].StartsWith(",\"type\":\"message\""u8)) continue;
            if (!MessageHeader.TryFind(remaining, out var header, out var end)) break;
            remaining = remaining[end..];
            RecordDelivery(client, member, header, sequenceNumber);
        }
        if (remaining.IndexOf(EventStart) >= 0) Tracker.RecordMalformedMessage();
        if (Tracker.Deliveries > 0) CheckJson(client, invocation);
    }

    protected override bool IsAccepted(ReadOnlySpan<byte> completion) =>
        completion.IndexOf("\"result\":{\"seq\":"u8) > 0;

    protected override IEnumerable<string?> ReadTexts(JsonElement message) =>
        from chatEvent in message.GetProperty("arguments")[0].EnumerateArray()
        where chatEvent.GetProperty("type").GetString() == "message"
        where chatEvent.GetProperty("from").GetString() is not null
        select chatEvent.GetProperty("text").GetString();

    protected virtual void Join(WebSocketClient client, TrackedMember member) =>
        Invoke(client, JoinId, "JoinRoom", $$"""{"room":"{{member.Room.Code}}","name":"{{member.Name}}"}""");

    private void CreateNextRoom(WebSocketClient client)
    {
        if (_createdRooms < Tracker.Rooms.Count) Invoke(client, CreateId, "CreateRoom", "");
        else client.MarkJoined();
    }
}
