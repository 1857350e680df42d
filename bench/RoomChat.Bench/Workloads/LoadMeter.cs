using RoomChat.Bench.Measurement;
using RoomChat.Bench.Profiling;
using RoomChat.Bench.Servers;
using RoomChat.Bench.Verification;

namespace RoomChat.Bench.Workloads;

/// <summary>Measures one load, given as what runs it up to a point in time, first cold and then steady.</summary>
internal sealed class LoadMeter(ServerInstance server, DeliveryTracker tracker)
{
    private readonly List<MeasuredInterval> _intervals = [];
    private bool _wasFalling;
    private Profile? _profile;

    /// <summary>Measures the first seconds, and goes on until the cost is steady.</summary>
    public void WarmUp(Durations durations, Action<long> runLoad)
    {
        var steadyState = new SteadyState(durations.MinWarmUp, durations.MaxWarmUp);
        steadyState.AddWindow(Measure(Phase.Cold, durations.Cold, runLoad), durations.Cold);
        while (!steadyState.IsOver)
        {
            var start = TakeSnapshot();
            RunFor(SteadyState.WindowSeconds, start, runLoad);
            steadyState.AddWindow(TakeSnapshot().MeasureSince(start).Cost, SteadyState.WindowSeconds);
        }
        _wasFalling = steadyState.IsFalling;
    }

    public void MeasureSteady(double seconds, Action<long> runLoad) =>
        _profile = server.ProfileWhile(() => Measure(Phase.Steady, seconds, runLoad));

    public void RecordDelivery(MessageHeader header, TrackedMember receiver, long now)
    {
        var isOwn = header.SenderId == receiver.Id;
        var isApart = server.IsShared && server.AreApart(tracker.Members[header.SenderId], receiver);
        foreach (var interval in _intervals) interval.RecordDelivery(header.ScheduledAt, now, isOwn, isApart);
    }

    public IReadOnlyList<Measurements> GetMeasurements(CheckResult check) =>
    [
        .. from interval in _intervals
           let measurements = interval.ToMeasurements()
           let isSteady = measurements.Phase == Phase.Steady
           select measurements with
           {
               IsStillFalling = isSteady && _wasFalling,
               Profile = isSteady ? _profile : null,
               Check = check,
           },
    ];

    private double Measure(Phase phase, double seconds, Action<long> runLoad)
    {
        var start = TakeSnapshot();
        var interval = new MeasuredInterval(phase, start);
        _intervals.Add(interval);
        RunFor(seconds, start, runLoad);
        return interval.End(TakeSnapshot());
    }

    private static void RunFor(double seconds, ResourceSnapshot start, Action<long> runLoad) =>
        runLoad(start.Time + (long)(seconds * 1e9));

    private ResourceSnapshot TakeSnapshot() => ResourceSnapshot.Take(server, tracker.Deliveries);
}
