namespace RoomChat.Bench.Checking;

/// <summary>What each text begins with: ~SSSSS.CCCCCCCC.TTTTTTTTTTTTTTTTTT~, who sends it, the sender's count, and when it was due.</summary>
internal readonly record struct Stamp(int Sender, int Count, long Due)
{
    public const int Length = 35;
    private const byte Edge = (byte)'~';

    private static ReadOnlySpan<byte> Filler => " and then we all agreed that lunch was at noon"u8;

    /// <summary>A text of this size, whose stamp is yet to be written.</summary>
    public static byte[] Text(int size)
    {
        var text = new byte[Math.Max(size, Length)];
        for (var i = 0; i < text.Length; i++) text[i] = Filler[i % Filler.Length];
        return text;
    }

    public void WriteTo(Span<byte> text)
    {
        text[0] = text[Length - 1] = Edge;
        text[6] = text[15] = (byte)'.';
        Write(text[1..6], Sender);
        Write(text[7..15], Count);
        Write(text[16..34], Due);
    }

    /// <summary>Finds the next one; <paramref name="end"/> is where it ends.</summary>
    public static bool TryFind(ReadOnlySpan<byte> data, out Stamp stamp, out int end)
    {
        (stamp, end) = (default, 0);
        var at = data.IndexOf(Edge);
        if (at < 0 || data.Length - at < Length) return false;
        var text = data.Slice(at, Length);
        if (text[6] != '.' || text[15] != '.' || text[Length - 1] != Edge) return false;
        stamp = new Stamp((int)Read(text[1..6]), (int)Read(text[7..15]), Read(text[16..34]));
        end = at + Length;
        return true;
    }

    private static void Write(Span<byte> into, long value)
    {
        for (var i = into.Length - 1; i >= 0; i--, value /= 10) into[i] = (byte)('0' + value % 10);
    }

    private static long Read(ReadOnlySpan<byte> digits)
    {
        long value = 0;
        foreach (var digit in digits) value = value * 10 + (digit - '0');
        return value;
    }
}
