using RoomChat.Bench.Networking;

namespace RoomChat.Bench.Workloads;

/// <summary>One member never reads while another speaks. Do the others notice, does the server fill up, is the one cut?</summary>
internal sealed record Stall(int Members, int Size, double PerSecond) : Workload
{
    public override Figures Run(Crowd crowd, Pace pace)
    {
        crowd.Gather(rooms: 1, Members, Size, lastNeverReads: true);
        crowd.Join();

        var monitor = new ServerSocketMonitor(crowd.Server.Port, LinuxSockets.GetLocalPort(crowd.Clients[^1].Socket));
        var before = crowd.Server.MemoryBytes;
        var peak = before;
        crowd.Look = () =>
        {
            peak = Math.Max(peak, crowd.Server.MemoryBytes);
            monitor.Update(crowd.Now);
        };

        var schedule = new Schedule(crowd.Now, senders: 1, PerSecond, scattered: false);
        var figures = crowd.Finish(crowd.Measure(warmUp: 0, pace.Stalled, end => crowd.Drive(schedule, end)));
        return figures with { PeakMegabytes = (peak - before) / 1048576.0, CutAfterSeconds = monitor.ClosedAfterSeconds };
    }
}
