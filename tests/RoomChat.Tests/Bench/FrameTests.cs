using RoomChat.Bench.Driving;

namespace RoomChat.Tests.Bench;

public sealed class FrameTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public void AServersFrameIsReadOnceAllOfItIsThere(int length)
    {
        var payload = Payload(length);
        byte[] frame = [.. Head(length), .. payload, 0x81];

        Assert.Equal(0, Frame.Read(frame.AsSpan(0, frame.Length - 2), out _));
        Assert.Equal(frame.Length - 1, Frame.Read(frame, out var read));
        Assert.True(read.IsLast);
        Assert.Equal(Frame.Text, read.Opcode);
        Assert.Equal(payload, read.Payload);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(9_000)]
    public void AClientsFrameIsMasked(int length)
    {
        var payload = Payload(length);
        var into = new byte[length + 16];

        var size = Frame.Write(into, Frame.Text, payload, mask: 0x04030201);

        var head = length < 126 ? 6 : 8;
        Assert.Equal(head + length, size);
        Assert.Equal(0x81, into[0]);
        Assert.True(into[1] >= 0x80);
        Assert.Equal([1, 2, 3, 4], into[(head - 4)..head]);
        Assert.Equal(payload, into[head..size].Select((value, i) => (byte)(value ^ (i % 4 + 1))));
    }

    private static byte[] Payload(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)i)];

    private static byte[] Head(int length) => length switch
    {
        < 126 => [0x81, (byte)length],
        < 65_536 => [0x81, 126, (byte)(length >> 8), (byte)length],
        _ => [0x81, 127, 0, 0, 0, 0, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length],
    };
}
