using System.Buffers.Text;
using System.Text.Json;
using RoomChat.Bench.Networking;
using RoomChat.Bench.Verification;

namespace RoomChat.Bench.Protocols;

/// <summary><c>CreateRoom()</c>, <c>JoinRoom({room,name})</c>, <c>SendMessage({text})</c>; <c>Receive([event, ...], epoch)</c> with a number in each event.</summary>
internal sealed class RoomChatProtocol(DeliveryTracker tracker) : SignalRProtocol(tracker)
{
    private static readonly byte[] BeforeText = Sending("{\"text\":\"");

    private int _made;

    public override string Path => "/hub";
    public override bool MakesRooms => true;
    public override ReadOnlySpan<byte> After => "\"}]}\u001e"u8;
    protected override ReadOnlySpan<byte> Bringing => "\"target\":\"Receive\""u8;

    private static ReadOnlySpan<byte> Event => "{\"seq\":"u8;

    protected override void Ready(WebSocketClient client)
    {
        client.MessagePrefix = BeforeText;
        if (client.Member is { } member) Invoke(client, "j", "JoinRoom", $$"""{"room":"{{member.Room.Code}}","name":"{{member.Name}}"}""");
        else MakeNext(client);
    }

    protected override void Completed(WebSocketClient client, string id, JsonElement completion)
    {
        var result = completion.GetProperty("result");
        if (result.TryGetProperty("refused", out _))
        {
            client.Fail($"RoomChat said {result}");
        }
        else if (client.Member is null)
        {
            Tracker.Rooms[_made++].Code = result.GetProperty("room").GetString()!;
            MakeNext(client);
        }
        else
        {
            client.MarkJoined();
        }
    }

    /// <summary>Notices are numbered like messages, so every event counts.</summary>
    protected override void Bring(WebSocketClient client, ReadOnlySpan<byte> record)
    {
        if (client.Member is not { } member) return;
        var data = record;
        for (int at; (at = data.IndexOf(Event)) >= 0;)
        {
            data = data[(at + Event.Length)..];
            if (!Utf8Parser.TryParse(data, out long seq, out var digits)) break;
            Tracker.RecordSequenceNumber(member, seq);
            if (!data[digits..].StartsWith(",\"type\":\"message\""u8)) continue;
            if (!MessageHeader.TryFind(data, out var header, out var end)) break;
            data = data[end..];
            Take(client, member, header, seq);
        }
        if (data.IndexOf(Event) >= 0) Tracker.RecordMalformedMessage();
        if (Tracker.Deliveries > 0) Parse(client, record);
    }

    protected override bool IsGranted(ReadOnlySpan<byte> completion) => completion.IndexOf("\"result\":{\"seq\":"u8) > 0;

    protected override IEnumerable<string?> TextsOf(JsonElement message) =>
        from line in message.GetProperty("arguments")[0].EnumerateArray()
        where line.GetProperty("type").GetString() == "message" && line.GetProperty("from").GetString() is not null
        select line.GetProperty("text").GetString();

    private void MakeNext(WebSocketClient client)
    {
        if (_made < Tracker.Rooms.Count) Invoke(client, "c", "CreateRoom", "");
        else client.MarkJoined();
    }
}
