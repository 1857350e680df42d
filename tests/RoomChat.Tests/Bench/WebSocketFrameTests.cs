using RoomChat.Bench.Networking;

namespace RoomChat.Tests.Bench;

public sealed class WebSocketFrameTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public void AServerFrameIsReadOnceComplete(int length)
    {
        var payload = Payload(length);
        byte[] frame = [.. Header(length), .. payload, 0x81];

        Assert.Equal(0, WebSocketFrame.Read(frame.AsSpan(0, frame.Length - 2), out _));
        Assert.Equal(frame.Length - 1, WebSocketFrame.Read(frame, out var read));
        Assert.True(read.IsFinal);
        Assert.Equal(WebSocketFrame.Text, read.Opcode);
        Assert.Equal(payload, read.Payload);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(9_000)]
    public void AClientFrameIsMasked(int length)
    {
        var payload = Payload(length);
        var written = new byte[length + 16];

        var size = WebSocketFrame.WriteMasked(written, WebSocketFrame.Text, payload, mask: 0x04030201);

        var headerLength = length < 126 ? 6 : 8;
        Assert.Equal(headerLength + length, size);
        Assert.Equal(0x81, written[0]);
        Assert.True(written[1] >= 0x80);
        Assert.Equal([1, 2, 3, 4], written[(headerLength - 4)..headerLength]);
        Assert.Equal(payload, written[headerLength..size].Select((value, i) => (byte)(value ^ (i % 4 + 1))));
    }

    private static byte[] Payload(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)i)];

    private static byte[] Header(int length) => length switch
    {
        < 126 => [0x81, (byte)length],
        < 65_536 => [0x81, 126, (byte)(length >> 8), (byte)length],
        _ => [0x81, 127, 0, 0, 0, 0, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length],
    };
}
