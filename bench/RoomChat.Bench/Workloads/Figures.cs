using RoomChat.Bench.Verification;

namespace RoomChat.Bench.Workloads;

/// <summary>What one run said.</summary>
internal sealed record Figures
{
    /// <summary>In the workload's unit.</summary>
    public double Cost { get; init; }

    public double? P50 { get; init; }
    public double? P99 { get; init; }
    public double? PerSecond { get; init; }

    /// <summary>Of a core. Near 1 the driver is the limit, and only the cost says something.</summary>
    public double? DriverShare { get; init; }

    public double? PeakMegabytes { get; init; }

    /// <summary>From when the deaf member's connection took nothing more.</summary>
    public double? CutAfterSeconds { get; init; }

    public CheckResult Check { get; init; } = new();
}
