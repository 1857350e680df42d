namespace RoomChat.Rooms;

/// <summary>What a reader is handed. One object serves every reader at the same place, so it carries its encoded form along.</summary>
public abstract class Outgoing
{
    private object? _encoded;

    public T EncodedOnce<T>(Func<Outgoing, T> encode) where T : class =>
        _encoded as T ?? (T)(Interlocked.CompareExchange(ref _encoded, encode(this), null) ?? _encoded);
}

public sealed class Batch(string epoch, IReadOnlyList<RoomEvent> events) : Outgoing
{
    public string Epoch => epoch;
    public IReadOnlyList<RoomEvent> Events => events;
}

public sealed class TypingNotice(string from) : Outgoing
{
    public string From => from;
}
