using RoomChat.Bench.Browsing;
using RoomChat.Bench.Profiling;
using RoomChat.Bench.Verification;

namespace RoomChat.Bench.Measurement;

internal sealed record Measurements
{
    public Phase Phase { get; init; }
    public double Cost { get; init; }
    public double? P50Milliseconds { get; init; }
    public double? P99Milliseconds { get; init; }
    public double? PerSecond { get; init; }

    /// <summary>Until the sender has its own message and the acknowledgement, which come together.</summary>
    public double? OwnP50Milliseconds { get; init; }
    public double? OwnP99Milliseconds { get; init; }

    /// <summary>Until members at other servers have the message.</summary>
    public double? ApartP50Milliseconds { get; init; }
    public double? ApartP99Milliseconds { get; init; }

    public double? RedisCpuSeconds { get; init; }
    public double? RedisMicrosecondsPerMessage { get; init; }

    /// <summary>The CPU use of all servers as a share of one core.</summary>
    public double? ServerCpuShare { get; init; }

    /// <summary>The driver's CPU use as a share of one core: near 1, the driver limits the rate.</summary>
    public double? DriverCpuShare { get; init; }

    /// <summary>What other processes used of the server's and the driver's core, as a share of one.</summary>
    public double? OtherCpuShare { get; init; }

    /// <summary>What other machines on the same processor took of these cores, as a share of one.</summary>
    public double? StolenCpuShare { get; init; }

    /// <summary>The warm-up ended before the cost was steady.</summary>
    public bool IsStillFalling { get; init; }

    public double? CpuMilliseconds { get; init; }
    public double? MemoryGrowthMegabytes { get; init; }
    public double? DisconnectedAfterSeconds { get; init; }
    public PageState? Page { get; init; }
    public CrowdCosts? Crowd { get; init; }
    public Profile? Profile { get; init; }
    public CheckResult Check { get; init; } = new();
}
