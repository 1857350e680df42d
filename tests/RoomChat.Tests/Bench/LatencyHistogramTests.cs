using RoomChat.Bench.Measurement;

namespace RoomChat.Tests.Bench;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void AnEmptyHistogramHasNoQuantiles() => Assert.Null(new LatencyHistogram().QuantileMilliseconds(0.5));

    [Fact]
    public void QuantilesAreAtMostTwoPercentTooHigh()
    {
        var histogram = new LatencyHistogram();
        for (var i = 1; i <= 10_000; i++) histogram.Add(i * 10_000L); // up to 100 ms

        Assert.InRange(histogram.QuantileMilliseconds(0.50)!.Value, 50, 51);
        Assert.InRange(histogram.QuantileMilliseconds(0.99)!.Value, 99, 100);
        Assert.Equal(100, histogram.QuantileMilliseconds(1));
    }

    [Fact]
    public void OneOutlierInAHundredShowsOnlyAboveThe99thPercentile()
    {
        var histogram = new LatencyHistogram();
        for (var i = 0; i < 99; i++) histogram.Add(1_000_000);
        histogram.Add(10_000_000_000);

        Assert.InRange(histogram.QuantileMilliseconds(0.99)!.Value, 1, 1.02);
        Assert.Equal(10_000, histogram.QuantileMilliseconds(0.995));
    }
}
