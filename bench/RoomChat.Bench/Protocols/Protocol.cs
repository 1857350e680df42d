using System.Text.Json;
using RoomChat.Bench.Networking;
using RoomChat.Bench.Verification;

namespace RoomChat.Bench.Protocols;

/// <summary>The application protocol of one server: joins rooms, and records deliveries and acknowledgements.</summary>
internal abstract class Protocol(DeliveryTracker tracker)
{
    private const int JsonCheckedMessagesPerClient = 2;

    protected DeliveryTracker Tracker => tracker;

    public abstract string Path { get; }
    public virtual bool AcknowledgesMessages => false;
    public virtual bool RequiresRoomCreation => false;

    /// <summary>Whether all members of a room receive messages in the same order.</summary>
    public virtual bool GuaranteesTotalOrder => false;

    public virtual byte[] KeepAliveMessage => [];

    /// <summary>Without one, a member leaves by closing its connection.</summary>
    public virtual byte[] LeaveMessage => [];

    public abstract ReadOnlySpan<byte> MessageSuffix { get; }

    public string ExpectedBody { get; set; } = "";

    public Action<WebSocketClient, MessageHeader>? MessageDelivered { get; set; }

    public abstract void OnConnected(WebSocketClient client);

    public abstract void OnMessage(WebSocketClient client, ReadOnlySpan<byte> message);

    protected abstract IEnumerable<string?> ReadTexts(JsonElement message);

    /// <param name="body">What follows the header.</param>
    protected virtual bool IsExpected(string body) => body == ExpectedBody;

    protected void RecordDeliveries(WebSocketClient client, ReadOnlySpan<byte> json)
    {
        if (client.Member is not { } member) return;
        var remaining = json;
        while (MessageHeader.TryFind(remaining, out var header, out var end))
        {
            remaining = remaining[end..];
            RecordDelivery(client, member, header);
        }
        CheckJson(client, json);
    }

    protected void RecordDelivery(
        WebSocketClient client, TrackedMember member, MessageHeader header, long sequenceNumber = 0)
    {
        if (tracker.RecordDelivery(member, header, sequenceNumber)) MessageDelivered?.Invoke(client, header);
    }

    /// <summary>Deliveries are found by byte search, for speed; a JSON parser checks a sample of them.</summary>
    protected void CheckJson(WebSocketClient client, ReadOnlySpan<byte> json)
    {
        if (client.JsonCheckedMessages == JsonCheckedMessagesPerClient) return;
        client.JsonCheckedMessages++;
        try
        {
            using var document = JsonDocument.Parse(json.ToArray());
            foreach (var text in ReadTexts(document.RootElement))
                if (text is not { Length: >= MessageHeader.Length } || !IsExpected(text[MessageHeader.Length..]))
                    tracker.RecordMalformedMessage();
        }
        catch (Exception e) when (
            e is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
        {
            tracker.RecordMalformedMessage();
        }
    }
}
