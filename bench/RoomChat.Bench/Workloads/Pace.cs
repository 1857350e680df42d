namespace RoomChat.Bench.Workloads;

/// <summary>How long things take, in seconds.</summary>
internal sealed record Pace(double WarmUp, double Measured, double Idle, double Stalled)
{
    public static readonly Pace Usual = new(WarmUp: 1.5, Measured: 3, Idle: 3, Stalled: 13);
    public static readonly Pace Quick = new(WarmUp: 1, Measured: 2, Idle: 2, Stalled: 13);
}
