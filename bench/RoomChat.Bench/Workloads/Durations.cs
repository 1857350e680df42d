namespace RoomChat.Bench.Workloads;

/// <summary>How long the phases of a workload take, in seconds.</summary>
internal sealed record Durations(double WarmUp, double Measurement, double Idle, double Stall)
{
    public static readonly Durations Default = new(WarmUp: 1.5, Measurement: 3, Idle: 3, Stall: 13);
    public static readonly Durations Quick = new(WarmUp: 1, Measurement: 2, Idle: 2, Stall: 13);
}
