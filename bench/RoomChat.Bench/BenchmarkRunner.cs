using RoomChat.Bench.Measurement;
using RoomChat.Bench.Reports;
using RoomChat.Bench.Verification;
using RoomChat.Bench.Workloads;

namespace RoomChat.Bench;

internal sealed class BenchmarkRunner(BenchmarkOptions options, CancellationToken stop)
{
    public List<RunResult> RunAll(IReadOnlyList<Benchmark> benchmarks)
    {
        List<RunResult> results = [];
        foreach (var benchmark in benchmarks)
        {
            var repeats = options.Repeats ?? benchmark.DefaultRepeats;
            // The cases alternate, so that noise from other processes affects all of them.
            for (var repeat = 1; repeat <= repeats; repeat++)
                foreach (var benchmarkCase in benchmark.Cases)
                {
                    Console.Write($"{benchmark.Key,-15}{$"{repeat} of {repeats}",-8}{benchmarkCase.Name,-15}");
                    var measurements = Run(benchmarkCase);
                    var cost = ResultTable.FormatNumber(measurements.Cost);
                    Console.WriteLine($"{cost,9} {benchmark.CostUnit}  {measurements.Check}");
                    results.Add(new RunResult(benchmark.Key, benchmarkCase.Name, repeat, measurements));
                }
        }
        return results;
    }

    private Measurements Run(BenchmarkCase benchmarkCase)
    {
        GC.Collect(); // so that no garbage of the last run is collected during this one
        try
        {
            using var driver = new LoadDriver(benchmarkCase.Server, stop);
            return benchmarkCase.Workload.Run(driver, options.Durations);
        }
        catch (RunFailedException failure)
        {
            return new Measurements { Cost = double.NaN, Check = new CheckResult { AbortReason = failure.Message } };
        }
    }
}
