namespace RoomChat.Bench.Verification;

/// <summary>
/// The start of each message text, ~SSSSS.IIIIIIII.TTTTTTTTTTTTTTTTTT~: the sender, the index among
/// the sender's messages, and when the message was scheduled, in nanoseconds.
/// </summary>
internal readonly record struct MessageHeader(int SenderId, int MessageIndex, long ScheduledAt)
{
    public const int Length = 35;
    private const byte Delimiter = (byte)'~';

    private static ReadOnlySpan<byte> Filler => " and then we all agreed that lunch was at noon"u8;

    public static byte[] CreateText(int size)
    {
        var text = new byte[Math.Max(size, Length)];
        for (var i = 0; i < text.Length; i++) text[i] = Filler[i % Filler.Length];
        return text;
    }

    public void WriteTo(Span<byte> text)
    {
        text[0] = text[Length - 1] = Delimiter;
        text[6] = text[15] = (byte)'.';
        Write(text[1..6], SenderId);
        Write(text[7..15], MessageIndex);
        Write(text[16..34], ScheduledAt);
    }

    public static bool TryFind(ReadOnlySpan<byte> data, out MessageHeader header, out int end)
    {
        (header, end) = (default, 0);
        var start = data.IndexOf(Delimiter);
        if (start < 0 || data.Length - start < Length) return false;
        var text = data.Slice(start, Length);
        if (text[6] != '.' || text[15] != '.' || text[Length - 1] != Delimiter) return false;
        header = new MessageHeader((int)Read(text[1..6]), (int)Read(text[7..15]), Read(text[16..34]));
        end = start + Length;
        return true;
    }

    private static void Write(Span<byte> digits, long value)
    {
        for (var i = digits.Length - 1; i >= 0; i--, value /= 10) digits[i] = (byte)('0' + value % 10);
    }

    private static long Read(ReadOnlySpan<byte> digits)
    {
        long value = 0;
        foreach (var digit in digits) value = value * 10 + (digit - '0');
        return value;
    }
}
