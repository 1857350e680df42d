using RoomChat.Bench.Measurement;
using RoomChat.Bench.Servers;

namespace RoomChat.Bench.Workloads;

/// <summary>One room; each member sends its next message as soon as it receives its last one.</summary>
internal sealed record ClosedLoopWorkload(int Members) : Workload
{
    public override IReadOnlyList<Measurements> Run(ServerInstance server, Durations durations)
    {
        using var driver = new LoadDriver(server);
        driver.AddClients(rooms: 1, Members);
        driver.JoinAll();
        driver.OwnMessageReceived = client => driver.Send(client);
        foreach (var client in driver.Clients) driver.Send(client);
        driver.Meter.WarmUp(durations, driver.RunUntil);
        driver.Meter.MeasureSteady(durations.Steady, driver.RunUntil);
        driver.OwnMessageReceived = null;
        return driver.Meter.GetMeasurements(driver.CheckDeliveries());
    }
}
