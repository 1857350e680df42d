using RoomChat.Bench.Measurement;

namespace RoomChat.Bench.Workloads;

internal sealed record IdleWorkload(int Rooms, int Members) : Workload
{
    public override string CostUnit => "KB/connection";

    public override Measurements Run(LoadDriver driver, Durations durations)
    {
        var before = driver.Server.MemoryBytes;
        driver.AddClients(Rooms, Members);
        driver.JoinAll();
        driver.RunUntil(driver.Now + (long)(durations.Idle * 1e9));
        var cost = (driver.Server.MemoryBytes - before) / 1024.0 / Members;
        driver.SendOneMessagePerRoom();
        return driver.Complete(new Measurements { Cost = cost });
    }
}
