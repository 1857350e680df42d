namespace RoomChat.Bench.Workloads;

/// <summary>What people do, the same in front of every server.</summary>
internal abstract record Workload
{
    public const string Delivery = "µs/delivery", Join = "µs/join", Connection = "KB/connection";

    /// <summary>Of the cost: the server's CPU time, or its memory.</summary>
    public virtual string Unit => Delivery;

    public abstract Figures Run(Crowd crowd, Pace pace);
}
