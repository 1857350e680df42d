using System.Xml.Linq;
using RoomChat.Bench.Soaking;

namespace RoomChat.Tests.Bench;

public sealed class SoakReportTests
{
    private static readonly SoakMeasure
        Heap = SoakMeasure.All.Single(measure => measure.Name == "heap"),
        WorkingSet = SoakMeasure.All.Single(measure => measure.Name == "working set");

    [Theory]
    [InlineData("soak", 60, false)]
    [InlineData("soak --minutes 5", 5, false)]
    [InlineData("soak --docs --minutes 1.5", 1.5, true)]
    public void ASoakTakesAnHourUnlessToldOtherwise(string arguments, double minutes, bool updateDocs) =>
        Assert.Equal(new SoakOptions(minutes, updateDocs), SoakOptions.Parse(arguments.Split(' ')));

    [Theory]
    [InlineData("busy")]
    [InlineData("soak --minutes")]
    [InlineData("soak --minutes 0")]
    [InlineData("soak busy")]
    public void OtherArgumentsAreNoSoak(string arguments) => Assert.Null(SoakOptions.Parse(arguments.Split(' ')));

    [Fact]
    public void WhatGrowsInTheWarmUpAndThenStaysIsFlat()
    {
        var flatness = new Flatness(Samples(minute => Math.Min(minute, 10)));

        Assert.True(flatness.IsFlat(Heap));
        Assert.Equal(0, flatness.Change(Heap));
        Assert.Equal(12, flatness.InWindows().Count());
    }

    [Fact]
    public void ALeakIsNotFlat()
    {
        var flatness = new Flatness(Samples(minute => 40 + minute / 2));

        Assert.False(flatness.IsFlat(Heap));
    }

    [Fact]
    public void GarbageBetweenTwoCollectionsIsNoLeak()
    {
        var flatness = new Flatness(Samples(minute => 40 + minute % 7 * (minute > 45 ? 9 : 3)));

        Assert.Equal(0, flatness.Change(Heap));
        Assert.True(flatness.Change(WorkingSet) > 0);
    }

    [Fact]
    public void ASingleIntervalMakesNoDifference()
    {
        var flatness = new Flatness(Samples(minute => minute == 55 ? 1000 : 40));

        Assert.True(flatness.IsFlat(Heap));
    }

    [Theory]
    [InlineData(5, 0, true)]
    [InlineData(5, 1, false)]
    [InlineData(45, 0, true)]
    public void OfTheSlowestMessagesThoseCountThatWereSentWhileTheMachineWasAtFullSpeed(
        int othersFrom, double slower, bool isFlat)
    {
        SoakSample[] samples =
        [
            .. Samples(_ => 4).Select((sample, minute) => minute >= othersFrom && minute % 2 == 0
                ? sample with { P99Milliseconds = minute, ServerCpu = 0.35 }
                : sample with { P99Milliseconds = minute > 45 ? 4 + slower : 4 }),
        ];
        var whole = SoakMeasure.All.Single(measure => measure.Name == "p99");
        var atFullSpeed = SoakMeasure.All.Single(measure => measure.AtFullSpeed);

        Assert.False(whole.MustBeFlat);
        Assert.True(atFullSpeed.MustBeFlat);
        Assert.Equal(isFlat, new Flatness(samples).IsFlat(atFullSpeed));
    }

    [Fact]
    public void AMetricIsSummedOverItsLabels()
    {
        const string metrics =
            """
            # TYPE roomchat_rooms gauge
            roomchat_rooms{otel_scope_name="RoomChat"} 7 1700000000000
            dotnet_gc_last_collection_heap_size_bytes{otel_scope_name="a",gc_heap_generation="gen0"} 100 1700000000000
            dotnet_gc_last_collection_heap_size_bytes{otel_scope_name="a",gc_heap_generation="gen2"} 2.5E3 1700000000000
            """;

        Assert.Equal(7, ServerProbe.Sum(metrics, "roomchat_rooms"));
        Assert.Equal(2600, ServerProbe.Sum(metrics, "dotnet_gc_last_collection_heap_size"));
    }

    [Fact]
    public void TheChartIsWellFormedEvenIfNothingWasDeliveredForAWhile()
    {
        var samples = Samples(minute => minute < 30 ? double.NaN : 40);

        var chart = XDocument.Parse(SoakChart.Draw(samples, "A & B < C"));

        Assert.Equal("svg", chart.Root!.Name.LocalName);
        Assert.Equal(8, chart.Descendants().Count(element => element.Name.LocalName == "polyline"));
        Assert.DoesNotContain("NaN", chart.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.7, 42, true, 0.1, 100)]
    [InlineData(3, 214, false, 0, 250)]
    [InlineData(1, 1, false, 0, 1)]
    public void AnAxisEndsAtRoundNumbers(double min, double max, bool isLogarithmic, double first, double last)
    {
        var axis = new ChartAxis([min, max], isLogarithmic);

        Assert.Equal((first, last), (axis.Ticks[0], axis.Ticks[^1]));
        Assert.Equal((0, 1), (axis.Share(first), axis.Share(last)));
    }

    /// <summary>Of an hour, one a minute.</summary>
    private static SoakSample[] Samples(Func<double, double> heap) =>
    [
        .. from minute in Enumerable.Range(0, 60)
           let value = heap(minute)
           select new SoakSample
           {
               Seconds = minute * 60,
               WorkingSetMegabytes = value,
               HeapMegabytes = value,
               Handles = 800,
               Threads = 22,
               P50Milliseconds = value,
               P99Milliseconds = value,
               ServerCpu = 0.25,
               MachineCpu = 0.5,
               Rooms = 40,
               Members = 400,
               Connections = 400,
           },
    ];
}
