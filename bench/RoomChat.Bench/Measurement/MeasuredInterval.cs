namespace RoomChat.Bench.Measurement;

/// <summary>What a load cost between two points in time, and how long the messages scheduled then took.</summary>
internal sealed class MeasuredInterval(Phase phase, ResourceSnapshot start)
{
    private readonly LatencyHistogram _latency = new();
    private ResourceSnapshot _end = new() { Time = long.MaxValue };

    /// <summary>Returns the cost.</summary>
    public double End(ResourceSnapshot end)
    {
        _end = end;
        return end.MeasureSince(start).Cost;
    }

    /// <summary>A message counts however late it is delivered, also after the end of the interval.</summary>
    public void RecordDelivery(long scheduledAt, long now)
    {
        if (scheduledAt >= start.Time && scheduledAt < _end.Time) _latency.Add(now - scheduledAt);
    }

    public Measurements ToMeasurements() => _end.MeasureSince(start) with
    {
        Phase = phase,
        P50Milliseconds = _latency.QuantileMilliseconds(0.50),
        P99Milliseconds = _latency.QuantileMilliseconds(0.99),
    };
}
