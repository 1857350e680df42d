namespace RoomChat.Bench.Soaking;

/// <summary>Of ten seconds, or at their end.</summary>
internal sealed record SoakSample
{
    public required double Seconds { get; init; }
    public required double WorkingSetMegabytes { get; init; }

    /// <summary>After the last collection, fragments included.</summary>
    public required double HeapMegabytes { get; init; }
    public required double Handles { get; init; }
    public required double Threads { get; init; }

    /// <summary>From sending to receiving in rooms whose members are connected to the server directly.</summary>
    public required double P50Milliseconds { get; init; }
    public required double P99Milliseconds { get; init; }

    /// <summary>In rooms whose members are behind the proxy, but for what was said while it was down.</summary>
    public double? ProxiedP50Milliseconds { get; init; }
    public double? ProxiedP99Milliseconds { get; init; }

    /// <summary>Of one core.</summary>
    public required double ServerCpu { get; init; }

    /// <summary>Of both cores, whoever used them.</summary>
    public required double MachineCpu { get; init; }
    public required double Rooms { get; init; }
    public required double Members { get; init; }
    public required double Connections { get; init; }
}
