using System.Diagnostics.Metrics;

namespace RoomChat.Rooms;

/// <summary>What costs nothing while nobody listens. The other metrics are published by the API.</summary>
public sealed class Instruments(IMeterFactory meters)
{
    private static readonly InstrumentAdvice<double> Buckets = new()
    {
        HistogramBucketBoundaries = [.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10],
    };

    public Counter<long> Refusals { get; } = Create(meters).CreateCounter<long>(
        "roomchat.refusals", "{refusal}", "Requests refused, by code.");

    public Histogram<double> DeliveryLag { get; } = Create(meters).CreateHistogram(
        "roomchat.delivery.lag", "s", "From an event to its being sent to a connected member.", advice: Buckets);

    public Histogram<double> AppendDuration { get; } = Create(meters).CreateHistogram(
        "roomchat.append.duration", "s", "Until Redis has taken what is appended to a transcript.", advice: Buckets);

    /// <summary>One, however often it is asked for.</summary>
    private static Meter Create(IMeterFactory meters) => meters.Create(nameof(RoomChat));
}
