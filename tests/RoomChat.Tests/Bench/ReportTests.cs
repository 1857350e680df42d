using System.Xml.Linq;
using RoomChat.Bench;
using RoomChat.Bench.Measurement;
using RoomChat.Bench.Reports;
using RoomChat.Bench.Servers;
using RoomChat.Bench.Verification;

namespace RoomChat.Tests.Bench;

public sealed class ReportTests
{
    private static readonly Benchmark Benchmark =
        BenchmarkCatalog.GetBenchmarks("busy", [Server.RoomChat, Server.Raw]).Single();

    [Fact]
    public void ACaseIsSummarizedAsTheMedianOfItsRunsAndAsAMultipleOfTheFirstCase()
    {
        var cases = Summarize([2, 9, 1], [3, 4, 5]).Cases;

        Assert.Equal((2, 1, 9, 1), (cases[0].Cost, cases[0].MinCost, cases[0].MaxCost, cases[0].CostRatio));
        Assert.Equal((4, 2), (cases[1].Cost, cases[1].CostRatio));
    }

    [Fact]
    public void APhaseIsSummarizedWithoutTheOther()
    {
        RunResult[] results =
        [
            new("busy", "RoomChat", 1, new Measurements { Phase = Phase.Cold, Cost = 5 }),
            new("busy", "RoomChat", 1, new Measurements { Phase = Phase.Steady, Cost = 2, IsStillFalling = true }),
            new("busy", "raw Kestrel", 1, new Measurements { Phase = Phase.Cold, Cost = 1 }),
            new("busy", "raw Kestrel", 1, new Measurements { Phase = Phase.Steady, Cost = 3 }),
        ];

        var summaries = Benchmark.Phases.Select(phase => new BenchmarkSummary(Benchmark, phase, results)).ToList();

        Assert.Equal(["busy, steady", "busy, cold"], summaries.Select(summary => summary.Name));
        Assert.Equal([2, 5], summaries.Select(summary => summary.Cases[0].Cost));
        Assert.Equal([true, false], summaries.Select(summary => summary.Cases[0].IsStillFalling));
    }

    [Fact]
    public void ACaseWithOneFailedRunHasNotPassed()
    {
        var failed = Summarize([1, 2, 3], [1, double.NaN, 3]).Cases[1];

        Assert.False(failed.Passed);
        Assert.Equal("1 missing", failed.Check);
        Assert.Equal(2, failed.Cost);
    }

    [Fact]
    public void TheChartIsWellFormedEvenIfEveryRunOfACaseFailed()
    {
        var summary = Summarize([2, 2, 2], [double.NaN, double.NaN, double.NaN]);

        var chart = XDocument.Parse(SvgChart.Draw([summary], "A & B < C"));

        Assert.Equal("svg", chart.Root!.Name.LocalName);
        Assert.Equal(2, chart.Descendants().Count(element => element.Name.LocalName == "rect"));
    }

    private static BenchmarkSummary Summarize(params double[][] costs) => new(Benchmark, Phase.Steady, [
        .. from index in Enumerable.Range(0, costs.Length)
           from repeat in Enumerable.Range(0, costs[index].Length)
           select new RunResult(
               Benchmark.Key, Benchmark.Cases[index].Name, repeat, CreateMeasurements(costs[index][repeat])),
    ]);

    private static Measurements CreateMeasurements(double cost) =>
        new() { Cost = cost, Check = new CheckResult { Missing = double.IsNaN(cost) ? 1 : 0 } };
}
