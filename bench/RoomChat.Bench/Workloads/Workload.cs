using RoomChat.Bench.Measurement;

namespace RoomChat.Bench.Workloads;

/// <summary>What the clients do, the same against every server.</summary>
internal abstract record Workload
{
    public virtual string CostUnit => "µs/delivery";

    public abstract Measurements Run(LoadDriver driver, Durations durations);
}
