namespace RoomChat.Bench.Soaking;

/// <param name="MustBeFlat">Else it is only reported.</param>
/// <param name="IsSawtooth">It grows until it is collected, so that its lows tell, and not its median.</param>
/// <param name="AtFullSpeed">Of those samples alone in which others slowed the machine the least.</param>
internal sealed record SoakMeasure(
    string Name, string Unit, Func<SoakSample, double> Select, bool MustBeFlat = true, bool IsSawtooth = false,
    bool AtFullSpeed = false)
{
    public static readonly SoakMeasure Cpu =
        new("server CPU", "% of a core", sample => sample.ServerCpu * 100, MustBeFlat: false);

    public static readonly IReadOnlyList<SoakMeasure> All =
    [
        new("working set", "MB", sample => sample.WorkingSetMegabytes),
        new("heap", "MB", sample => sample.HeapMegabytes, IsSawtooth: true),
        new("handles", "", sample => sample.Handles),
        new("threads", "", sample => sample.Threads),
        new("p50", "ms", sample => sample.P50Milliseconds),
        new("p99", "ms", sample => sample.P99Milliseconds, MustBeFlat: false),
        new("p99, full speed", "ms", sample => sample.P99Milliseconds, AtFullSpeed: true),
        Cpu,
    ];

    /// <summary>The median; of a sawtooth the lowest.</summary>
    public double Summarize(IEnumerable<SoakSample> samples)
    {
        double[] sorted = [.. samples.Select(Select).Where(double.IsFinite).Order()];
        return sorted.Length == 0 ? double.NaN
            : IsSawtooth ? sorted[0]
            : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
