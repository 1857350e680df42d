namespace RoomChat.Rooms;

/// <summary>A connected reader and its place in the transcript. The room's lock guards it.</summary>
internal sealed class Place(IReader reader)
{
    public IReader Reader => reader;

    public long Seq { get; set; }

    /// <summary>What is written before anything else: the history, for a newcomer.</summary>
    public Batch? Opening { get; set; }

    /// <summary>Since when a write has been under way; null where none is.</summary>
    public TimeSpan? WritingSince { get; set; }

    /// <summary>The last write that did not complete at once.</summary>
    public Task Write { get; set; } = Task.CompletedTask;
}
