using RoomChat.Bench.Measurement;
using RoomChat.Bench.Servers;

namespace RoomChat.Bench.Workloads;

internal abstract record Workload
{
    public virtual string CostUnit => "µs/delivery";

    /// <summary>Measures a server that was started just now, once or in several phases.</summary>
    public abstract IReadOnlyList<Measurements> Run(ServerInstance server, Durations durations);
}
