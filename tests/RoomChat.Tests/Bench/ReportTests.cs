using System.Xml.Linq;
using RoomChat.Bench;
using RoomChat.Bench.Measurement;
using RoomChat.Bench.Reports;
using RoomChat.Bench.Servers;
using RoomChat.Bench.Verification;

namespace RoomChat.Tests.Bench;

public sealed class ReportTests
{
    private static readonly Section Busy = Section.Of("busy", [Server.RoomChat, Server.Raw]).Single();

    [Fact]
    public void ALineIsTheMedianOfItsRunsBesideTheFirstLine()
    {
        var summary = Summary([2, 9, 1], [3, 4, 5]);

        Assert.Equal((2, 1, 9, 1), (summary.Lines[0].Cost, summary.Lines[0].Least, summary.Lines[0].Most, summary.Lines[0].Ratio));
        Assert.Equal((4, 2), (summary.Lines[1].Cost, summary.Lines[1].Ratio));
    }

    [Fact]
    public void ARunThatWasWrongIsSaidThoughTheOthersWereRight()
    {
        var summary = Summary([1, 2, 3], [1, double.NaN, 3]);

        Assert.False(summary.Lines[1].IsRight);
        Assert.Equal("1 missing", summary.Lines[1].Check);
        Assert.Equal(2, summary.Lines[1].Cost);
    }

    [Fact]
    public void TheChartIsWellFormedAlsoWhereNothingCouldBeMeasured()
    {
        var chart = XDocument.Parse(Chart.Draw([Summary([2, 2, 2], [double.NaN, double.NaN, double.NaN])], "A & B < C"));

        Assert.Equal("svg", chart.Root!.Name.LocalName);
        Assert.Equal(2, chart.Descendants().Count(element => element.Name.LocalName == "rect"));
    }

    [Fact]
    public void EveryWorkloadThatCanBeNamedIsThere()
    {
        var options = Options.Parse([])!;

        Assert.All(options.Workloads, workload => Assert.NotEmpty(Section.Of(workload, options.Servers)));
        Assert.Equal(options.Workloads.Count, options.Workloads.Distinct().Count());
    }

    [Theory]
    [InlineData("calm")]
    [InlineData("--repeats")]
    [InlineData("--repeats", "0")]
    [InlineData("--servers", "roomchat,apache")]
    public void WhatIsNotUnderstoodIsRefused(params string[] arguments) => Assert.Null(Options.Parse(arguments));

    private static Summary Summary(params double[][] costs) => new(Busy, [
        .. from row in Enumerable.Range(0, costs.Length)
           from repeat in Enumerable.Range(0, costs[row].Length)
           select new Run(Busy.Key, Busy.Rows[row].Name, repeat, Measurements(costs[row][repeat])),
    ]);

    private static Measurements Measurements(double cost) => new() { Cost = cost, Check = new CheckResult { Missing = double.IsNaN(cost) ? 1 : 0 } };
}
