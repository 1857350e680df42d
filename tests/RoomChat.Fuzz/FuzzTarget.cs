using RoomChat.Fuzz.Targets;

namespace RoomChat.Fuzz;

/// <summary>Takes any bytes, and throws where something does not hold that must.</summary>
internal sealed class FuzzTarget(string name, Action<byte[]> check)
{
    private const int AllocatedAlways = 1 << 20, AllocatedPerByte = 256;

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("records", Records.Check), new("bodies", Bodies.Check), new("forms", Forms.Check),
        new("forwarding", Forwarding.Check), new("codes", Codes.Check), new("names", Names.Check),
        new("texts", Texts.Check), new("terminal", Terminals.Check), new("stored", Stored.Check),
    ];

    public string Name => name;

    public static FuzzTarget Named(string name) => All.Single(target => target.Name == name);

    public void Run(byte[] input)
    {
        var most = AllocatedAlways + (long)AllocatedPerByte * input.Length;
        // The first run may read tables.
        if (Allocated(input) <= most || Allocated(input) is var allocated && allocated <= most) return;
        throw new PropertyException($"{input.Length} bytes take {allocated} bytes of memory");
    }

    private long Allocated(byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        check(input);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
