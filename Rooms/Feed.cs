using System.Collections.Concurrent;

namespace RoomChat.Rooms;

/// <summary>
/// Everything that happens, for one watcher with a thread of its own. Publishing never waits: a watcher that falls
/// too far behind is told how much it missed.
/// </summary>
public sealed class Feed : IDisposable
{
    public const int Capacity = 10_000;

    private readonly BlockingCollection<Happening> _happenings = new(Capacity);
    private long _skipped;

    public void Publish(Happening happening)
    {
        if (_happenings.IsAddingCompleted || !_happenings.TryAdd(happening)) Interlocked.Increment(ref _skipped);
    }

    /// <summary>Waits for what happens, until the feed ends.</summary>
    public IEnumerable<Happening> Watch() => _happenings.GetConsumingEnumerable();

    /// <summary>How many were skipped since this was last asked.</summary>
    public long TakeSkipped() => Interlocked.Exchange(ref _skipped, 0);

    public void End() => _happenings.CompleteAdding();

    public void Dispose() => _happenings.Dispose();
}
