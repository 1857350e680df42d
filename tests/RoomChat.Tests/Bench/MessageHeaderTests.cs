using System.Text;
using System.Text.Json;
using RoomChat.Bench.Verification;

namespace RoomChat.Tests.Bench;

public sealed class MessageHeaderTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(4_999, 12_345_678, 987_654_321_012_345_678)]
    public void AWrittenHeaderIsFoundUnchanged(int senderId, int messageIndex, long scheduledAt)
    {
        var header = new MessageHeader(senderId, messageIndex, scheduledAt);
        var text = MessageHeader.CreateText(60);
        header.WriteTo(text);

        Assert.True(MessageHeader.TryFind([.. "{\"text\":\""u8, .. text, .. "\"}"u8], out var found, out var end));
        Assert.Equal(header, found);
        Assert.Equal(9 + MessageHeader.Length, end);
    }

    [Fact]
    public void HeadersAreFoundOneAfterAnother()
    {
        var data = new byte[2 * MessageHeader.Length];
        new MessageHeader(1, 2, 3).WriteTo(data);
        new MessageHeader(4, 5, 6).WriteTo(data.AsSpan(MessageHeader.Length));

        Assert.True(MessageHeader.TryFind(data, out var first, out var end));
        Assert.True(MessageHeader.TryFind(data.AsSpan(end), out var second, out end));
        Assert.Equal((1, 4), (first.SenderId, second.SenderId));
        Assert.False(MessageHeader.TryFind(data.AsSpan(data.Length), out _, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no header at all")]
    [InlineData("~00001.00000002.000000000000000003")]
    [InlineData("~00001-00000002.000000000000000003~")]
    [InlineData("~00001.00000002.000000000000000003!")]
    public void ATruncatedOrChangedHeaderIsNotFound(string text) =>
        Assert.False(MessageHeader.TryFind(Encoding.ASCII.GetBytes(text), out _, out _));

    [Theory]
    [InlineData(60)]
    [InlineData(8_192)]
    public void ATextHasTheRequestedSizeAndNeedsNoJsonEscaping(int size)
    {
        var bytes = MessageHeader.CreateText(size);
        new MessageHeader(1, 2, 3).WriteTo(bytes);
        var text = Encoding.ASCII.GetString(bytes);

        Assert.Equal(size, bytes.Length);
        Assert.Equal($"\"{text}\"", JsonSerializer.Serialize(text));
    }
}
