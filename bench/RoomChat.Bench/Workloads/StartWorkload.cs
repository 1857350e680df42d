using System.Diagnostics;
using RoomChat.Bench.Measurement;
using RoomChat.Bench.Servers;

namespace RoomChat.Bench.Workloads;

/// <summary>How long the process takes from its start until it has answered a request for its first page.</summary>
internal sealed record StartWorkload : Workload
{
    public override string CostUnit => "ms";

    public override IReadOnlyList<Measurements> Run(ServerInstance server, Durations durations)
    {
        var start = ResourceSnapshot.Take(server, operations: 0);
        server.WaitForFirstPage();
        var milliseconds = Stopwatch.GetElapsedTime(server.StartedAt).TotalMilliseconds;
        var end = ResourceSnapshot.Take(server, operations: 1);
        return
        [
            end.MeasureSince(start) with
            {
                Phase = Phase.Cold,
                Cost = milliseconds,
                PerSecond = null,
                DriverCpuShare = null,
                CpuMilliseconds = end.ServerCpuSeconds * 1000,
            },
        ];
    }
}
