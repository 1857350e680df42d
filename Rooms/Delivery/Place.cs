namespace RoomChat.Rooms;

/// <summary>A connected reader and its position in the transcript. Guarded by the room's lock.</summary>
internal sealed class Place(IReader reader)
{
    public IReader Reader => reader;

    public long Seq { get; set; }

    /// <summary>The history for a newcomer, written first.</summary>
    public Batch? Opening { get; set; }

    public TimeSpan? WritingSince { get; set; }

    public Task Write { get; set; } = Task.CompletedTask;
}
