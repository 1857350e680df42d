using RoomChat.Bench.Measurement;

namespace RoomChat.Bench.Workloads;

/// <summary>Everybody comes at once, to a server that has only just started.</summary>
internal sealed record Storm(int Rooms, int Members) : Workload
{
    public override string Unit => Join;

    public override Figures Run(Crowd crowd, Pace pace)
    {
        var took = new LatencyHistogram();
        crowd.Gather(Rooms, Members);
        var (cpu, start) = (crowd.Server.CpuSeconds, crowd.Now);
        crowd.Join(client => took.Add(crowd.Now - client.ConnectStartedAt));
        (cpu, var seconds) = (crowd.Server.CpuSeconds - cpu, (crowd.Now - start) / 1e9);
        crowd.CallTheRoll();
        return crowd.Finish(new Figures
        {
            Cost = cpu * 1e6 / Members,
            P50 = took.QuantileMilliseconds(0.50),
            P99 = took.QuantileMilliseconds(0.99),
            PerSecond = Members / seconds,
        });
    }
}
