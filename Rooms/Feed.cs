using System.Threading.Channels;

namespace RoomChat.Rooms;

/// <summary>
/// Everything that happens, for one watcher with a thread of its own. Publishing never waits and never fails: a watcher that
/// falls too far behind is told how much it missed.
/// </summary>
public sealed class Feed
{
    public const int Capacity = 10_000;

    private readonly Channel<Happening> _happenings = Channel.CreateBounded<Happening>(Capacity);
    private long _skipped;

    public void Publish(Happening happening)
    {
        if (!_happenings.Writer.TryWrite(happening)) Interlocked.Increment(ref _skipped);
    }

    /// <summary>Waits for what happens, until the feed ends.</summary>
    public IEnumerable<Happening> Watch() => _happenings.Reader.ReadAllAsync().ToBlockingEnumerable();

    /// <summary>How many were skipped since this was last asked.</summary>
    public long TakeSkipped() => Interlocked.Exchange(ref _skipped, 0);

    public void End() => _happenings.Writer.TryComplete();
}
