namespace RoomChat.Bench.Verification;

internal sealed class TrackedMember(TrackedRoom room, int id, int indexInRoom)
{
    private int[]? _nextMessageIndexes;

    public TrackedRoom Room => room;
    public int Id => id;
    public int IndexInRoom => indexInRoom;
    public string Name { get; } = $"u{id}";

    /// <summary>A stalled member reads only for a while, so its deliveries do not count.</summary>
    public bool IsStalled { get; set; }

    public int SentMessages { get; set; }
    public int AcknowledgedMessages { get; set; }
    public long LastSequenceNumber { get; set; }

    /// <summary>Equal for two members if they received the same messages in the same order.</summary>
    public ulong OrderHash { get; set; }

    /// <summary>Messages not received yet though a later one of their sender was.</summary>
    public HashSet<(TrackedMember Sender, int MessageIndex)>? SkippedMessages { get; set; }

    public ref int NextMessageIndexFrom(TrackedMember sender) =>
        ref (_nextMessageIndexes ??= new int[room.Members.Count])[sender.IndexInRoom];
}
