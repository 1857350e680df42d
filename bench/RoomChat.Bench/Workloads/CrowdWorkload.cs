using RoomChat.Bench.Measurement;
using RoomChat.Bench.Networking;
using RoomChat.Bench.Servers;

namespace RoomChat.Bench.Workloads;

/// <summary>
/// A room that fills and empties within seconds, and whether rooms beside it notice. The first crowd is the cold one;
/// of the others, each in a room of its own, the last is measured.
/// </summary>
internal sealed record CrowdWorkload(int Members, int OtherRooms, int Others) : Workload
{
    private const long PhaseLength = 10_000_000_000, Pause = 500_000_000;
    private const int Crowds = 4, Messages = 100;
    private const double MessagesPerSecondOfOthers = 100;

    public override string CostUnit => "µs/join";

    public override IReadOnlyList<Measurements> Run(ServerInstance server, Durations durations)
    {
        using var driver = new LoadDriver(server);
        driver.AddClients(OtherRooms, Others);
        driver.JoinAll();
        var crowds = Enumerable.Range(0, Crowds).Select(_ => driver.AddClients(rooms: 1, Members)).ToList();
        var schedule = new SendSchedule(driver.Now, Others, MessagesPerSecondOfOthers, randomOffsets: true);
        driver.RunSchedule(schedule, driver.Now + PhaseLength);

        var measured = crowds.ConvertAll(crowd => RunCrowd(server, driver, schedule, crowd));
        var check = driver.CheckDeliveries();
        return [measured[0] with { Phase = Phase.Cold, Check = check }, measured[^1] with { Check = check }];
    }

    private Measurements RunCrowd(
        ServerInstance server, LoadDriver driver, SendSchedule schedule, IReadOnlyList<WebSocketClient> crowd)
    {
        // The other rooms chat between the steps, of which a phase has so many.
        (CrowdPhase Phase, Measurements Measured) Run(string name, int steps, Action<int> step)
        {
            var latency = new LatencyHistogram();
            driver.Delivered = (receiver, header) =>
            {
                if (receiver.Id < Others) latency.Add(driver.Now - header.ScheduledAt);
            };
            var (start, before) = (driver.Now, ResourceSnapshot.Take(server, operations: 0));
            for (var i = 0; i < steps; i++)
            {
                driver.RunSchedule(schedule, start + PhaseLength * i / steps);
                step(i);
            }
            driver.RunSchedule(schedule, start + PhaseLength);
            var measured = ResourceSnapshot.Take(server, steps).MeasureSince(before);
            var (p50, p99) = (latency.QuantileMilliseconds(0.50), latency.QuantileMilliseconds(0.99));
            return (new CrowdPhase(name, p50, p99, measured.ServerCpuShare!.Value), measured);
        }

        var (joined, bytesUntilJoined) = (0, 0L);
        foreach (var client in crowd)
            client.Joined = newcomer =>
            {
                joined++;
                bytesUntilJoined += newcomer.ReceivedBytes;
            };
        var (alone, _) = Run("before", 1, _ => { });
        (CrowdPhase? joining, Measurements? cost) = (null, null);
        var profile = server.ProfileWhile(
            () => (joining, cost) = Run("joining", Members, i => crowd[i].Connect()));
        for (var end = driver.Now + PhaseLength; joined < Members && driver.Now < end;)
            driver.RunSchedule(schedule, driver.Now + Pause);
        if (joined < Members) throw new RunFailedException($"only {joined} joined in time");
        var bytes = crowd.Sum(client => client.ReceivedBytes);

        var (talking, _) = Run("talking", Messages, i => driver.Send(crowd[i]));
        driver.RunSchedule(schedule, driver.Now + Pause);
        var (leaving, _) = Run("leaving", Members, i => driver.Leave(crowd[i]));
        driver.RunSchedule(schedule, driver.Now + Pause);
        foreach (var client in crowd) client.Close();
        var (after, _) = Run("after", 1, _ => { });

        double MicrosecondsEach(CrowdPhase phase) =>
            (phase.ServerCpuShare - alone.ServerCpuShare) * PhaseLength / 1000 / Members;
        return cost! with
        {
            Cost = MicrosecondsEach(joining!),
            P50Milliseconds = joining!.P50Milliseconds,
            P99Milliseconds = joining.P99Milliseconds,
            Profile = profile,
            Crowd = new CrowdCosts(
                MicrosecondsEach(leaving), bytes / 1024.0 / Members, bytesUntilJoined / 1024.0 / Members,
                [alone, joining, talking, leaving, after]),
        };
    }
}
