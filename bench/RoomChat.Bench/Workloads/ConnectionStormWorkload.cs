using System.Diagnostics;
using RoomChat.Bench.Measurement;
using RoomChat.Bench.Servers;

namespace RoomChat.Bench.Workloads;

/// <summary>Many clients connect and join at once, first to a server that has just started, then repeatedly.</summary>
internal sealed record ConnectionStormWorkload(int Rooms, int Members) : Workload
{
    public override string CostUnit => "µs/join";

    public override IReadOnlyList<Measurements> Run(ServerInstance server, Durations durations)
    {
        var cold = RunStorm(server) with { Phase = Phase.Cold };
        var steadyState = new SteadyState(durations.MinWarmUp, durations.MaxWarmUp);
        while (!steadyState.IsOver)
        {
            List<double> costs = [];
            var start = Stopwatch.StartNew();
            while (start.Elapsed.TotalSeconds < SteadyState.WindowSeconds) costs.Add(RunStorm(server).Cost);
            steadyState.AddWindow(costs.Average(), start.Elapsed.TotalSeconds);
        }

        List<Measurements> storms = [];
        var profile = server.ProfileWhile(() =>
        {
            while (storms.Count < durations.StormRounds) storms.Add(RunStorm(server));
        });
        var median = storms.OrderBy(storm => storm.Cost).ElementAt(storms.Count / 2);
        return
        [
            cold,
            median with
            {
                IsStillFalling = steadyState.IsFalling,
                Profile = profile,
                // A single storm is too short for these.
                OtherCpuShare = storms.Average(storm => storm.OtherCpuShare),
                StolenCpuShare = storms.Average(storm => storm.StolenCpuShare),
            },
        ];
    }

    private Measurements RunStorm(ServerInstance server)
    {
        var joinLatency = new LatencyHistogram();
        using var driver = new LoadDriver(server);
        driver.AddClients(Rooms, Members);
        var start = ResourceSnapshot.Take(server, operations: 0);
        driver.JoinAll(client => joinLatency.Add(driver.Now - client.ConnectStartedAt));
        var end = ResourceSnapshot.Take(server, operations: Members);
        driver.SendOneMessagePerRoom();
        var check = driver.CheckDeliveries();
        if (!check.Passed) throw new RunFailedException(check.ToString());
        driver.LeaveAll();
        return end.MeasureSince(start) with
        {
            P50Milliseconds = joinLatency.QuantileMilliseconds(0.50),
            P99Milliseconds = joinLatency.QuantileMilliseconds(0.99),
        };
    }
}
