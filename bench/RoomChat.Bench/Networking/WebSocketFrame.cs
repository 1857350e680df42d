using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace RoomChat.Bench.Networking;

internal readonly ref struct WebSocketFrame
{
    public const byte Text = 1, Close = 8, Ping = 9, Pong = 10;

    public required ReadOnlySpan<byte> Payload { get; init; }
    public required byte Opcode { get; init; }
    public required bool IsFinal { get; init; }

    /// <summary>Returns the frame's size in bytes, or 0 if the frame is incomplete.</summary>
    public static int Read(ReadOnlySpan<byte> data, out WebSocketFrame frame)
    {
        frame = default;
        if (data.Length < 2) return 0;
        var (headerLength, payloadLength) = (data[1] & 127) switch
        {
            126 => (4, data.Length < 4 ? int.MaxValue : BinaryPrimitives.ReadUInt16BigEndian(data[2..])),
            127 => (10, data.Length < 10 ? int.MaxValue : BinaryPrimitives.ReadInt64BigEndian(data[2..])),
            var length => (2, (long)length),
        };
        if (data.Length - headerLength < payloadLength) return 0;
        frame = new WebSocketFrame
        {
            Payload = data.Slice(headerLength, (int)payloadLength),
            Opcode = (byte)(data[0] & 0xF),
            IsFinal = data[0] >= 0x80,
        };
        return headerLength + (int)payloadLength;
    }

    public static int WriteMasked(Span<byte> destination, byte opcode, ReadOnlySpan<byte> payload, uint mask)
    {
        destination[0] = (byte)(0x80 | opcode);
        var headerLength = payload.Length < 126 ? 2 : 4;
        destination[1] = (byte)(0x80 | (headerLength == 2 ? payload.Length : 126));
        if (headerLength == 4) BinaryPrimitives.WriteUInt16BigEndian(destination[2..], checked((ushort)payload.Length));
        MemoryMarshal.Write(destination[headerLength..], mask);
        headerLength += sizeof(uint);

        var masked = destination[headerLength..];
        var wideMask = mask | (ulong)mask << 32;
        var i = 0;
        for (; i + 8 <= payload.Length; i += 8)
            MemoryMarshal.Write(masked[i..], MemoryMarshal.Read<ulong>(payload[i..]) ^ wideMask);
        for (; i < payload.Length; i++) masked[i] = (byte)(payload[i] ^ (byte)(mask >> (i % 4 * 8)));
        return headerLength + payload.Length;
    }
}
