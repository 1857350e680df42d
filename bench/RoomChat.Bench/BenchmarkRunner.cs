using RoomChat.Bench.Measurement;
using RoomChat.Bench.Reports;
using RoomChat.Bench.Servers;
using RoomChat.Bench.Verification;

namespace RoomChat.Bench;

internal sealed class BenchmarkRunner(BenchmarkOptions options, CancellationToken stop)
{
    public List<RunResult> RunAll(IReadOnlyList<Benchmark> benchmarks)
    {
        List<RunResult> results = [];
        var nameLength = benchmarks.Max(benchmark => benchmark.Cases.Max(benchmarkCase => benchmarkCase.Name.Length));
        foreach (var benchmark in benchmarks)
        {
            var repeats = options.Repeats ?? benchmark.DefaultRepeats;
            // The cases alternate, so that noise from other processes affects all of them.
            for (var repeat = 1; repeat <= repeats; repeat++)
                foreach (var benchmarkCase in benchmark.Cases)
                {
                    var name = benchmarkCase.Name.PadRight(nameLength);
                    Console.Write($"{benchmark.Key,-15}{$"{repeat} of {repeats}",-8}{name}");
                    var phases = Run(benchmark, benchmarkCase);
                    var costs = phases.Select(phase =>
                        $"{phase.Phase.ToString().ToLowerInvariant()} {ResultTable.FormatNumber(phase.Cost),5}");
                    Console.WriteLine($"  {string.Join("  ", costs)} {benchmark.CostUnit}  {phases[0].Check}");
                    results.AddRange(
                        phases.Select(phase => new RunResult(benchmark.Key, benchmarkCase.Name, repeat, phase)));
                }
        }
        return results;
    }

    private IReadOnlyList<Measurements> Run(Benchmark benchmark, BenchmarkCase benchmarkCase)
    {
        GC.Collect(); // so that no garbage of the last run is collected during this one
        try
        {
            using var server = new ServerInstance(benchmarkCase.Server, stop);
            var measurements = benchmarkCase.Workload.Run(server, options.Durations);
            return [.. benchmark.Phases.Select(phase => measurements.Single(measured => measured.Phase == phase))];
        }
        catch (RunFailedException failure)
        {
            var check = new CheckResult { AbortReason = failure.Message };
            return
            [
                .. benchmark.Phases.Select(phase =>
                    new Measurements { Phase = phase, Cost = double.NaN, Check = check }),
            ];
        }
    }
}
