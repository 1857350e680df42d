using RoomChat.Bench.Measurement;
using RoomChat.Bench.Servers;

namespace RoomChat.Bench.Workloads;

/// <summary>A fixed message rate. Latency counts from the scheduled time, so that it includes any backlog.</summary>
internal sealed record OpenLoopWorkload(int Rooms, int Members, int Senders, double MessagesPerSecond) : Workload
{
    public override IReadOnlyList<Measurements> Run(ServerInstance server, Durations durations)
    {
        using var driver = new LoadDriver(server);
        driver.AddClients(Rooms, Members);
        driver.JoinAll();
        var schedule = new SendSchedule(driver.Now, Senders, MessagesPerSecond, randomOffsets: Rooms > 1);
        driver.Meter.WarmUp(durations, end => driver.RunSchedule(schedule, end));
        driver.Meter.MeasureSteady(durations.Steady, end => driver.RunSchedule(schedule, end));
        return driver.Meter.GetMeasurements(driver.CheckDeliveries());
    }
}
