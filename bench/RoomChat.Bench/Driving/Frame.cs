using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace RoomChat.Bench.Driving;

/// <summary>A WebSocket frame: where its payload is in what was received, and how one is written by a client.</summary>
internal readonly ref struct Frame
{
    public const byte Text = 1, Close = 8, Ping = 9, Pong = 10;
    public const int MaxHead = 8;

    public required ReadOnlySpan<byte> Payload { get; init; }
    public required byte Opcode { get; init; }
    public required bool IsLast { get; init; }

    /// <summary>How many bytes it took; 0 where it is not all there yet.</summary>
    public static int Read(ReadOnlySpan<byte> data, out Frame frame)
    {
        frame = default;
        if (data.Length < 2) return 0;
        var (head, length) = (data[1] & 127) switch
        {
            126 => (4, data.Length < 4 ? int.MaxValue : BinaryPrimitives.ReadUInt16BigEndian(data[2..])),
            127 => (10, data.Length < 10 ? int.MaxValue : BinaryPrimitives.ReadInt64BigEndian(data[2..])),
            var small => (2, (long)small),
        };
        if (data.Length - head < length) return 0;
        frame = new Frame { Payload = data.Slice(head, (int)length), Opcode = (byte)(data[0] & 0xF), IsLast = data[0] >= 0x80 };
        return head + (int)length;
    }

    /// <summary>Masked, as a client must. At most 64 KB.</summary>
    public static int Write(Span<byte> into, byte opcode, ReadOnlySpan<byte> payload, uint mask)
    {
        into[0] = (byte)(0x80 | opcode);
        var head = payload.Length < 126 ? 2 : 4;
        into[1] = (byte)(0x80 | (head == 2 ? payload.Length : 126));
        if (head == 4) BinaryPrimitives.WriteUInt16BigEndian(into[2..], checked((ushort)payload.Length));
        MemoryMarshal.Write(into[head..], mask);
        head += sizeof(uint);

        var body = into[head..];
        var wide = mask | (ulong)mask << 32;
        var i = 0;
        for (; i + 8 <= payload.Length; i += 8) MemoryMarshal.Write(body[i..], MemoryMarshal.Read<ulong>(payload[i..]) ^ wide);
        for (; i < payload.Length; i++) body[i] = (byte)(payload[i] ^ (byte)(mask >> (i % 4 * 8)));
        return head + payload.Length;
    }
}
