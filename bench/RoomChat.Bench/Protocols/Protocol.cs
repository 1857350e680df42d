using System.Text.Json;
using RoomChat.Bench.Checking;
using RoomChat.Bench.Networking;

namespace RoomChat.Bench.Protocols;

/// <summary>How one kind of server is spoken to. A client is in its room once the server has said so.</summary>
internal abstract class Protocol(Ledger ledger)
{
    private const int ParsedEach = 2;

    protected Ledger Ledger => ledger;

    public abstract string Path { get; }
    public virtual bool Answers => false;

    /// <summary>Rooms are made before anyone joins, all events are numbered, and everybody sees one order.</summary>
    public virtual bool MakesRooms => false;

    public virtual byte[] KeepAlive => [];

    /// <summary>What a message must say, from the first character after its stamp.</summary>
    public string Rest { get; set; } = "";

    /// <summary>A message that was awaited: to whom, and its stamp.</summary>
    public Action<WebSocketClient, Stamp>? Delivered { get; set; }

    /// <summary>What stands behind each text that a client sends.</summary>
    public abstract ReadOnlySpan<byte> After { get; }

    public abstract void OnConnected(WebSocketClient client);

    public abstract void OnMessage(WebSocketClient client, ReadOnlySpan<byte> message);

    /// <summary>The texts in a message, by a real parser.</summary>
    protected abstract IEnumerable<string?> TextsOf(JsonElement message);

    /// <summary>Books each stamp.</summary>
    protected void Take(WebSocketClient client, ReadOnlySpan<byte> data)
    {
        var json = data;
        if (client.Member is not { } member) return;
        while (Stamp.TryFind(data, out var stamp, out var end))
        {
            data = data[end..];
            Take(client, member, stamp, seq: 0);
        }
        Parse(client, json);
    }

    protected void Take(WebSocketClient client, Member member, Stamp stamp, long seq)
    {
        if (ledger.Deliver(member, stamp, seq)) Delivered?.Invoke(client, stamp);
    }

    protected void Parse(WebSocketClient client, ReadOnlySpan<byte> json)
    {
        if (client.ParsedMessages == ParsedEach) return;
        client.ParsedMessages++;
        try
        {
            using var document = JsonDocument.Parse(json.ToArray());
            foreach (var text in TextsOf(document.RootElement))
                if (text is not { Length: >= Stamp.Length } || text[Stamp.Length..] != Rest) ledger.Malform();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
        {
            ledger.Malform();
        }
    }
}
