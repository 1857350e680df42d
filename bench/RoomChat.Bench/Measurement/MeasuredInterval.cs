namespace RoomChat.Bench.Measurement;

/// <summary>What a load cost between two points in time, and how long the messages scheduled then took.</summary>
internal sealed class MeasuredInterval(Phase phase, ResourceSnapshot start)
{
    private readonly LatencyHistogram _latency = new(), _own = new(), _apart = new();
    private ResourceSnapshot _end = new() { Time = long.MaxValue };

    /// <summary>Returns the cost.</summary>
    public double End(ResourceSnapshot end)
    {
        _end = end;
        return end.MeasureSince(start).Cost;
    }

    /// <summary>A message counts however late it is delivered, also after the end of the interval.</summary>
    /// <param name="isApart">The sender and the receiver are at different servers.</param>
    public void RecordDelivery(long scheduledAt, long now, bool isOwn, bool isApart)
    {
        if (scheduledAt < start.Time || scheduledAt >= _end.Time) return;
        _latency.Add(now - scheduledAt);
        if (isOwn) _own.Add(now - scheduledAt);
        if (isApart) _apart.Add(now - scheduledAt);
    }

    public Measurements ToMeasurements()
    {
        var measured = _end.MeasureSince(start);
        return measured with
        {
            Phase = phase,
            P50Milliseconds = _latency.QuantileMilliseconds(0.50),
            P99Milliseconds = _latency.QuantileMilliseconds(0.99),
            OwnP50Milliseconds = _own.QuantileMilliseconds(0.50),
            OwnP99Milliseconds = _own.QuantileMilliseconds(0.99),
            ApartP50Milliseconds = _apart.QuantileMilliseconds(0.50),
            ApartP99Milliseconds = _apart.QuantileMilliseconds(0.99),
            RedisMicrosecondsPerMessage = measured.RedisCpuSeconds * 1e6 / Math.Max(1, _own.Count),
        };
    }
}
