using RoomChat.Bench.Measurement;

namespace RoomChat.Bench.Workloads;

internal abstract record Workload
{
    public virtual string CostUnit => "µs/delivery";

    public abstract Measurements Run(LoadDriver driver, Durations durations);
}
