using RoomChat.Bench.Measurement;
using RoomChat.Bench.Profiling;

namespace RoomChat.Bench.Reports;

/// <summary>Medians over the runs of one case. The cost is NaN if every run failed.</summary>
internal sealed class CaseSummary(string name, IReadOnlyList<Measurements> runs)
{
    private readonly List<double> _costs = [.. runs.Select(run => run.Cost).Where(double.IsFinite).Order()];

    public string Name => name;
    public double Cost => Median(_costs) ?? double.NaN;
    public double MinCost => _costs.Count > 0 ? _costs[0] : double.NaN;
    public double MaxCost => _costs.Count > 0 ? _costs[^1] : double.NaN;

    public double CostRatio { get; set; }

    public double? P50Milliseconds => Median(run => run.P50Milliseconds);
    public double? P99Milliseconds => Median(run => run.P99Milliseconds);
    public double? PerSecond => Median(run => run.PerSecond);
    public double? OwnP50Milliseconds => Median(run => run.OwnP50Milliseconds);
    public double? OwnP99Milliseconds => Median(run => run.OwnP99Milliseconds);
    public double? ApartP50Milliseconds => Median(run => run.ApartP50Milliseconds);
    public double? ApartP99Milliseconds => Median(run => run.ApartP99Milliseconds);
    public double? RedisMicrosecondsPerMessage => Median(run => run.RedisMicrosecondsPerMessage);
    public double? ServerCpuShare => Median(run => run.ServerCpuShare);
    public double? DriverCpuShare => Median(run => run.DriverCpuShare);
    public double? CpuMilliseconds => Median(run => run.CpuMilliseconds);
    public double? MemoryGrowthMegabytes => Median(run => run.MemoryGrowthMegabytes);
    public double? DisconnectedAfterSeconds => Median(run => run.DisconnectedAfterSeconds);
    public double? PageNodes => Median(run => run.Page?.Nodes);
    public double? PageHeapMegabytes => Median(run => run.Page?.HeapMegabytes);
    public double? LongFrames => Median(run => run.Page?.LongFrames);
    public double? LongestFrameMilliseconds => Median(run => run.Page?.LongestFrameMilliseconds);
    public CrowdCosts? Crowd => runs.FirstOrDefault(run => run.Crowd is not null)?.Crowd;
    public Profile? Profile => runs.FirstOrDefault(run => run.Profile is not null)?.Profile;
    public bool IsStillFalling => runs.Any(run => run.IsStillFalling);
    public bool Passed => runs.All(run => run.Check.Passed);

    /// <summary>Null if the machine was quiet.</summary>
    public string? Noise => MachineNoise.Describe(
        spread: (MaxCost - MinCost) / Cost,
        otherCpuShare: Median(run => run.OtherCpuShare) ?? 0,
        stolenCpuShare: Median(run => run.StolenCpuShare) ?? 0);

    /// <summary>The check of the first run that failed, or else of the first run.</summary>
    public string Check => (runs.FirstOrDefault(run => !run.Check.Passed) ?? runs[0]).Check.ToString();

    private double? Median(Func<Measurements, double?> select) =>
        Median([.. runs.Select(select).OfType<double>().Order()]);

    private static double? Median(List<double> sorted) =>
        sorted.Count == 0 ? null : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
}
