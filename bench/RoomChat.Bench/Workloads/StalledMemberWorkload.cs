using RoomChat.Bench.Measurement;
using RoomChat.Bench.Networking;

namespace RoomChat.Bench.Workloads;

/// <summary>One member never reads while another sends, so that messages queue up in the server.</summary>
internal sealed record StalledMemberWorkload(int Members, int TextSize, double MessagesPerSecond) : Workload
{
    public override Measurements Run(LoadDriver driver, Durations durations)
    {
        driver.AddClients(rooms: 1, Members, TextSize, lastIsStalled: true);
        driver.JoinAll();

        var stalledPort = LinuxSockets.GetLocalPort(driver.Clients[^1].Socket);
        var stalledSocket = new ServerSocketMonitor(driver.Server.Port, stalledPort);
        var before = driver.Server.MemoryBytes;
        var peak = before;
        driver.Sample = () =>
        {
            peak = Math.Max(peak, driver.Server.MemoryBytes);
            stalledSocket.Update(driver.Now);
        };

        var schedule = new SendSchedule(driver.Now, senders: 1, MessagesPerSecond, randomOffsets: false);
        var measurements = driver.Measure(warmUp: 0, durations.Stall, end => driver.RunSchedule(schedule, end));
        return driver.Complete(measurements) with
        {
            MemoryGrowthMegabytes = (peak - before) / 1048576.0,
            DisconnectedAfterSeconds = stalledSocket.ClosedAfterSeconds,
        };
    }
}
