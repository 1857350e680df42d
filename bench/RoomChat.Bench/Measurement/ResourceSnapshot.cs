namespace RoomChat.Bench.Measurement;

internal readonly record struct ResourceSnapshot(
    long Time, double ServerCpuSeconds, double DriverCpuSeconds, long Deliveries)
{
    public Measurements MeasureSince(ResourceSnapshot start)
    {
        var seconds = (Time - start.Time) / 1e9;
        var deliveries = Deliveries - start.Deliveries;
        return new Measurements
        {
            Cost = (ServerCpuSeconds - start.ServerCpuSeconds) * 1e6 / Math.Max(1, deliveries),
            PerSecond = deliveries / seconds,
            DriverCpuShare = (DriverCpuSeconds - start.DriverCpuSeconds) / seconds,
        };
    }
}
