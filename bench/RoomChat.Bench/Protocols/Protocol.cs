using System.Text.Json;
using RoomChat.Bench.Networking;
using RoomChat.Bench.Verification;

namespace RoomChat.Bench.Protocols;

/// <summary>How one kind of server is spoken to. A client is in its room once the server has said so.</summary>
internal abstract class Protocol(DeliveryTracker tracker)
{
    private const int ParsedEach = 2;

    protected DeliveryTracker Tracker => tracker;

    public abstract string Path { get; }
    public virtual bool Answers => false;

    /// <summary>Rooms are made before anyone joins, all events are numbered, and everybody sees one order.</summary>
    public virtual bool MakesRooms => false;

    public virtual byte[] KeepAlive => [];

    /// <summary>What a message must say, from the first character after its header.</summary>
    public string Rest { get; set; } = "";

    /// <summary>A message that was awaited: to whom, and its header.</summary>
    public Action<WebSocketClient, MessageHeader>? Delivered { get; set; }

    /// <summary>What stands behind each text that a client sends.</summary>
    public abstract ReadOnlySpan<byte> After { get; }

    public abstract void OnConnected(WebSocketClient client);

    public abstract void OnMessage(WebSocketClient client, ReadOnlySpan<byte> message);

    /// <summary>The texts in a message, by a real parser.</summary>
    protected abstract IEnumerable<string?> TextsOf(JsonElement message);

    /// <summary>Books each header.</summary>
    protected void Take(WebSocketClient client, ReadOnlySpan<byte> data)
    {
        var json = data;
        if (client.Member is not { } member) return;
        while (MessageHeader.TryFind(data, out var header, out var end))
        {
            data = data[end..];
            Take(client, member, header, seq: 0);
        }
        Parse(client, json);
    }

    protected void Take(WebSocketClient client, TrackedMember member, MessageHeader header, long seq)
    {
        if (tracker.RecordDelivery(member, header, seq)) Delivered?.Invoke(client, header);
    }

    protected void Parse(WebSocketClient client, ReadOnlySpan<byte> json)
    {
        if (client.ParsedMessages == ParsedEach) return;
        client.ParsedMessages++;
        try
        {
            using var document = JsonDocument.Parse(json.ToArray());
            foreach (var text in TextsOf(document.RootElement))
                if (text is not { Length: >= MessageHeader.Length } || text[MessageHeader.Length..] != Rest) tracker.RecordMalformedMessage();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
        {
            tracker.RecordMalformedMessage();
        }
    }
}
