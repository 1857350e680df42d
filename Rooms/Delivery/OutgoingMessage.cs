namespace RoomChat.Rooms;

/// <summary>Shared by all readers at the same place, and therefore encoded once.</summary>
public abstract class OutgoingMessage
{
    private object? _encoded;

    public T GetOrEncode<T>(Func<OutgoingMessage, T> encode) where T : class =>
        _encoded as T ?? (T)(Interlocked.CompareExchange(ref _encoded, encode(this), null) ?? _encoded);
}

public sealed class Batch(string epoch, IReadOnlyList<RoomEvent> events) : OutgoingMessage
{
    public string Epoch => epoch;
    public IReadOnlyList<RoomEvent> Events => events;
}

public sealed class SeenNotice(IReadOnlyList<SeenPlace> places) : OutgoingMessage
{
    public IReadOnlyList<SeenPlace> Places => places;
}

/// <param name="Away">True while the member has no connection, else null.</param>
public sealed record SeenPlace(int Who, string Name, long Seq, bool? Away)
{
    internal static SeenPlace Of(Member member, bool isAway) =>
        new(member.Who, member.Name.Shown, member.Seen!.Value, isAway ? true : null);
}

public sealed class TypingNotice(string from) : OutgoingMessage
{
    public string From => from;
}
