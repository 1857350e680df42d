using System.Text;
using RoomChat.Bench.Checking;

namespace RoomChat.Tests.Bench;

public sealed class StampTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(4_999, 12_345_678, 987_654_321_012_345_678)]
    public void WhatIsWrittenIsFoundAgain(int sender, int count, long due)
    {
        var stamp = new Stamp(sender, count, due);
        var text = Stamp.Text(60);
        stamp.WriteTo(text);

        Assert.True(Stamp.TryFind([.. "{\"text\":\""u8, .. text, .. "\"}"u8], out var found, out var end));
        Assert.Equal(stamp, found);
        Assert.Equal(9 + Stamp.Length, end);
    }

    [Fact]
    public void SeveralAreFoundOneAfterAnother()
    {
        var both = new byte[2 * Stamp.Length];
        new Stamp(1, 2, 3).WriteTo(both);
        new Stamp(4, 5, 6).WriteTo(both.AsSpan(Stamp.Length));

        Assert.True(Stamp.TryFind(both, out var first, out var end));
        Assert.True(Stamp.TryFind(both.AsSpan(end), out var second, out end));
        Assert.Equal((1, 4), (first.Sender, second.Sender));
        Assert.False(Stamp.TryFind(both.AsSpan(both.Length), out _, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no stamp at all")]
    [InlineData("~00001.00000002.000000000000000003")]
    [InlineData("~00001-00000002.000000000000000003~")]
    [InlineData("~00001.00000002.000000000000000003!")]
    public void WhatIsCutShortOrChangedIsNone(string text) => Assert.False(Stamp.TryFind(Encoding.ASCII.GetBytes(text), out _, out _));

    [Theory]
    [InlineData(60)]
    [InlineData(8_192)]
    public void ATextIsAsLongAsAskedAndNeedsNoEscaping(int size)
    {
        var text = Stamp.Text(size);
        new Stamp(1, 2, 3).WriteTo(text);

        Assert.Equal(size, text.Length);
        Assert.Equal($"\"{Encoding.ASCII.GetString(text)}\"", System.Text.Json.JsonSerializer.Serialize(Encoding.ASCII.GetString(text)));
    }
}
