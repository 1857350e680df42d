using RoomChat.Bench.Measurement;

namespace RoomChat.Bench.Workloads;

/// <summary>One room; each member sends its next message as soon as it receives its last one.</summary>
internal sealed record ClosedLoopWorkload(int Members) : Workload
{
    public override Measurements Run(LoadDriver driver, Durations durations)
    {
        driver.AddClients(rooms: 1, Members);
        driver.JoinAll();
        driver.OwnMessageReceived = client => driver.Send(client);
        foreach (var client in driver.Clients) driver.Send(client);
        var measurements = driver.Measure(durations.WarmUp, durations.Measurement, driver.RunUntil);
        driver.OwnMessageReceived = null;
        return driver.Complete(measurements);
    }
}
