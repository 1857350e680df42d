namespace RoomChat.Rooms;

/// <summary>
/// A reader that asks for it has a rest after what comes in quick succession, and is then given all that came.
/// </summary>
internal sealed partial class DeliveryRounds
{
    private static readonly TimeSpan RestPerEvent = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(250);

    /// <summary>Not after what comes singly, nor after a part of a backlog.</summary>
    private bool NeedsRest(Place place) =>
        place.Reader.IsPaced && place.Seq == transcript.Head
        && place.ReadySince is { } since && environment.Uptime - since < ShortestRest;

    private async Task RestAsync(Place place, Task write, int events)
    {
        await write.ConfigureAwait(false);
        Complete([place]);      // notices do not wait
        var rest = TimeSpan.FromTicks(Math.Clamp(events * RestPerEvent.Ticks, ShortestRest.Ticks, LongestRest.Ticks));
        await Task.Delay(rest, environment.Time).ConfigureAwait(false);
        lock (gate)
        {
            place.IsResting = false;
            if (place.WritingSince is null) MarkCompleted([place]);
        }
    }
}
