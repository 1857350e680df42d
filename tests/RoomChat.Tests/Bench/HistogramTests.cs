using RoomChat.Bench.Checking;

namespace RoomChat.Tests.Bench;

public sealed class HistogramTests
{
    [Fact]
    public void ItSaysNothingOfNothing() => Assert.Null(new Histogram().Milliseconds(0.5));

    [Fact]
    public void PartsAreTwoInAHundredOffAtMost()
    {
        var histogram = new Histogram();
        for (var i = 1; i <= 10_000; i++) histogram.Add(i * 10_000L); // up to 100 ms

        Assert.InRange(histogram.Milliseconds(0.50)!.Value, 50, 51);
        Assert.InRange(histogram.Milliseconds(0.99)!.Value, 99, 100);
        Assert.Equal(100, histogram.Milliseconds(1));
    }

    [Fact]
    public void OneOfAHundredThatIsLateIsSeenAtTheEnd()
    {
        var histogram = new Histogram();
        for (var i = 0; i < 99; i++) histogram.Add(1_000_000);
        histogram.Add(10_000_000_000);

        Assert.InRange(histogram.Milliseconds(0.99)!.Value, 1, 1.02);
        Assert.Equal(10_000, histogram.Milliseconds(0.995));
    }
}
