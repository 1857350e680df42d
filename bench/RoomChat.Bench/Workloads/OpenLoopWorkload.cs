using RoomChat.Bench.Measurement;

namespace RoomChat.Bench.Workloads;

/// <summary>A fixed message rate. Latency counts from the scheduled time, so that it includes any backlog.</summary>
internal sealed record OpenLoopWorkload(int Rooms, int Members, int Senders, double MessagesPerSecond) : Workload
{
    public override Measurements Run(LoadDriver driver, Durations durations)
    {
        driver.AddClients(Rooms, Members);
        driver.JoinAll();
        var schedule = new SendSchedule(driver.Now, Senders, MessagesPerSecond, randomOffsets: Rooms > 1);
        var measurements = driver.Measure(
            durations.WarmUp, durations.Measurement, end => driver.RunSchedule(schedule, end));
        return driver.Complete(measurements);
    }
}
