namespace RoomChat.Rooms;

/// <summary>A connected reader and its position in the transcript. Guarded by the room's lock.</summary>
internal sealed class Place(IReader reader)
{
    public IReader Reader => reader;

    public long Seq { get; set; }

    public DateTimeOffset ConnectedAt { get; set; }

    /// <summary>From when on the event could be sent here.</summary>
    public DateTimeOffset WaitsSince(RoomEvent missed) => missed.At > ConnectedAt ? missed.At : ConnectedAt;

    /// <summary>The history for a newcomer, written first.</summary>
    public IReadOnlyList<RoomEvent>? Opening { get; set; }

    /// <summary>How far others have seen is shown only to those who tell it too.</summary>
    public bool IsShownSeen { get; set; }

    public SeenNotice? LastSeen { get; set; }

    public TimeSpan? WritingSince { get; set; }

    public TimeSpan? ReadySince { get; set; }

    /// <summary>Is given no events for a while, so that several come at once.</summary>
    public bool IsResting { get; set; }

    public Task Write { get; set; } = Task.CompletedTask;
}
