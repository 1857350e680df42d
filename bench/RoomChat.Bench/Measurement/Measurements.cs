using RoomChat.Bench.Verification;

namespace RoomChat.Bench.Measurement;

/// <summary>The results of one run.</summary>
internal sealed record Measurements
{
    /// <summary>In the cost unit of the workload.</summary>
    public double Cost { get; init; }

    /// <summary>Median latency in milliseconds.</summary>
    public double? P50 { get; init; }

    /// <summary>99th percentile of latency in milliseconds.</summary>
    public double? P99 { get; init; }

    public double? PerSecond { get; init; }

    /// <summary>The driver's CPU use as a share of one core: near 1, the driver limits the rate.</summary>
    public double? DriverCpuShare { get; init; }

    public double? MemoryGrowthMegabytes { get; init; }

    /// <summary>How long the stalled member's connection made no progress before the server closed it.</summary>
    public double? DisconnectedAfterSeconds { get; init; }

    public CheckResult Check { get; init; } = new();
}
