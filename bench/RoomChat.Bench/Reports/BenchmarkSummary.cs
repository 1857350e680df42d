using RoomChat.Bench.Measurement;

namespace RoomChat.Bench.Reports;

internal sealed class BenchmarkSummary
{
    public BenchmarkSummary(Benchmark benchmark, Phase phase, IReadOnlyList<RunResult> results)
    {
        (Benchmark, Phase) = (benchmark, phase);
        Cases =
        [
            .. from benchmarkCase in benchmark.Cases
               let runs = from result in results
                          where result.Benchmark == benchmark.Key && result.Case == benchmarkCase.Name
                          where result.Measurements.Phase == phase
                          select result.Measurements
               select new CaseSummary(benchmarkCase.Name, [.. runs]),
        ];
        foreach (var summary in Cases) summary.CostRatio = summary.Cost / Cases[0].Cost;
    }

    public Benchmark Benchmark { get; }
    public Phase Phase { get; }

    public string Name =>
        Benchmark.Phases.Count == 1 ? Benchmark.Key : $"{Benchmark.Key}, {Phase.ToString().ToLowerInvariant()}";

    public IReadOnlyList<CaseSummary> Cases { get; }
}
