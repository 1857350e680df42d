using RoomChat.Bench.Measurement;
using RoomChat.Bench.Servers;

namespace RoomChat.Bench.Workloads;

internal sealed record IdleWorkload(int Rooms, int Members) : Workload
{
    public override string CostUnit => "KB/connection";

    public override IReadOnlyList<Measurements> Run(ServerInstance server, Durations durations)
    {
        using var driver = new LoadDriver(server);
        var before = server.MemoryBytes;
        driver.AddClients(Rooms, Members);
        driver.JoinAll();
        driver.RunUntil(driver.Now + (long)(durations.Idle * 1e9));
        var cost = (server.MemoryBytes - before) / 1024.0 / Members;
        driver.SendOneMessagePerRoom();
        return [new Measurements { Cost = cost, Check = driver.CheckDeliveries() }];
    }
}
