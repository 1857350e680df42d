using RoomChat.Bench.Measurement;
using RoomChat.Bench.Networking;
using RoomChat.Bench.Servers;

namespace RoomChat.Bench.Workloads;

/// <summary>One member stops reading while another sends, so that messages queue up in the server.</summary>
internal sealed record StalledMemberWorkload(int Members, int TextSize, double MessagesPerSecond) : Workload
{
    public override IReadOnlyList<Measurements> Run(ServerInstance server, Durations durations)
    {
        using var driver = new LoadDriver(server);
        driver.AddClients(rooms: 1, Members, TextSize, lastIsStalled: true);
        driver.JoinAll();
        var schedule = new SendSchedule(driver.Now, senders: 1, MessagesPerSecond, randomOffsets: false);
        driver.Meter.WarmUp(durations, end => driver.RunSchedule(schedule, end));

        var stalledClient = driver.Clients[^1];
        stalledClient.StopReading();
        var stalledSocket = new ServerSocketMonitor(
            server.PortOf(stalledClient.Member), LinuxSockets.GetLocalPort(stalledClient.Socket));
        var before = server.MemoryBytes;
        var peak = before;
        driver.Sample = () =>
        {
            peak = Math.Max(peak, server.MemoryBytes);
            stalledSocket.Update(driver.Now);
        };

        driver.Meter.MeasureSteady(durations.Stall, end => driver.RunSchedule(schedule, end));
        var check = driver.CheckDeliveries();
        return
        [
            .. from measurements in driver.Meter.GetMeasurements(check)
               where measurements.Phase == Phase.Steady
               select measurements with
               {
                   MemoryGrowthMegabytes = (peak - before) / 1048576.0,
                   DisconnectedAfterSeconds = stalledSocket.ClosedAfterSeconds,
               },
        ];
    }
}
