namespace RoomChat.Bench.Workloads;

/// <summary>How long the phases of a workload take, in seconds. The cold phase is part of the warm-up.</summary>
internal sealed record Durations(
    double Cold, double MinWarmUp, double MaxWarmUp, double Steady, double Idle, double Stall, int StormRounds)
{
    public static readonly Durations Default =
        new(Cold: 10, MinWarmUp: 40, MaxWarmUp: 90, Steady: 10, Idle: 15, Stall: 13, StormRounds: 9);

    public static readonly Durations Quick =
        Default with { MinWarmUp = 15, MaxWarmUp = 30, Steady = 5, StormRounds = 5 };
}
