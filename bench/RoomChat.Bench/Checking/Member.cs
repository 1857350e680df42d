namespace RoomChat.Bench.Checking;

/// <summary>What one member has written, and has heard of each of the others.</summary>
internal sealed class Member(Room room, int number, int slot)
{
    private int[]? _next;

    public Room Room => room;
    public int Number => number;
    public string Name { get; } = $"u{number}";

    /// <summary>It never reads, so nothing is owed to it.</summary>
    public bool NeverReads { get; set; }

    public int Written { get; set; }
    public int Answered { get; set; }

    /// <summary>The number of the last event it was given, where the server numbers them.</summary>
    public long Seq { get; set; }

    /// <summary>All that it heard, in its order, with the numbers.</summary>
    public ulong Heard { get; set; }

    /// <summary>Messages that were overtaken, and have not come since.</summary>
    public HashSet<(Member From, int Count)>? Overtaken { get; set; }

    /// <summary>The count it should hear next of each of the room.</summary>
    public ref int NextOf(Member from) => ref (_next ??= new int[room.Members.Count])[from.Slot];

    private int Slot => slot;
}
