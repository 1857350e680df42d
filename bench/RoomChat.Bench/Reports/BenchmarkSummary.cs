namespace RoomChat.Bench.Reports;

internal sealed class BenchmarkSummary
{
    public BenchmarkSummary(Benchmark benchmark, IReadOnlyList<RunResult> results)
    {
        Benchmark = benchmark;
        Cases =
        [
            .. from benchmarkCase in benchmark.Cases
               let runs = from result in results
                          where result.Benchmark == benchmark.Key && result.Case == benchmarkCase.Name
                          select result.Measurements
               select new CaseSummary(benchmarkCase.Name, [.. runs]),
        ];
        foreach (var summary in Cases) summary.CostRatio = summary.Cost / Cases[0].Cost;
    }

    public Benchmark Benchmark { get; }
    public IReadOnlyList<CaseSummary> Cases { get; }
}
