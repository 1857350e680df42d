using RoomChat.Bench.Measurement;

namespace RoomChat.Bench.Workloads;

/// <summary>Many clients connect and join at once, to a server that has only just started.</summary>
internal sealed record ConnectionStormWorkload(int Rooms, int Members) : Workload
{
    public override string CostUnit => "µs/join";

    public override Measurements Run(LoadDriver driver, Durations durations)
    {
        var joinLatency = new LatencyHistogram();
        driver.AddClients(Rooms, Members);
        var (cpuBefore, start) = (driver.Server.CpuSeconds, driver.Now);
        driver.JoinAll(client => joinLatency.Add(driver.Now - client.ConnectStartedAt));
        var (cpuSeconds, seconds) = (driver.Server.CpuSeconds - cpuBefore, (driver.Now - start) / 1e9);
        driver.SendOneMessagePerRoom();
        return driver.Complete(new Measurements
        {
            Cost = cpuSeconds * 1e6 / Members,
            P50Milliseconds = joinLatency.QuantileMilliseconds(0.50),
            P99Milliseconds = joinLatency.QuantileMilliseconds(0.99),
            PerSecond = Members / seconds,
        });
    }
}
