namespace RoomChat.Rooms;

/// <summary>
/// Everything that happens, for one watcher with a thread of its own. Publishing never waits: what a watcher that falls too
/// far behind misses is one gap, which lasts until it has caught up, and it is told how wide that was where it was.
/// </summary>
public sealed class Feed
{
    public const int Capacity = 10_000;

    /// <summary>What the watcher wants to see; for the rest nobody is woken.</summary>
    public Predicate<Happening> Wanted { get; set; } = _ => true;

    private readonly Queue<Happening> _happenings = new();  // also the lock, for it is waited on
    private Skipped? _gap;
    private bool _ended;

    public void Publish(Happening happening)
    {
        if (!Wanted(happening)) return;
        lock (_happenings)
        {
            if (_ended) return;
            if (_gap is not null || _happenings.Count == Capacity) _gap = new Skipped(happening.At, (_gap?.Events ?? 0) + 1);
            else _happenings.Enqueue(happening);
            Monitor.Pulse(_happenings);
        }
    }

    /// <summary>Waits for what happens, until the feed ends.</summary>
    public IEnumerable<Happening> Watch()
    {
        while (Next() is { } happening) yield return happening;
    }

    public void End()
    {
        lock (_happenings)
        {
            _ended = true;
            Monitor.PulseAll(_happenings);
        }
    }

    private Happening? Next()
    {
        lock (_happenings)
        {
            while (_happenings.Count == 0 && _gap is null && !_ended) Monitor.Wait(_happenings);
            if (_happenings.TryDequeue(out var happening)) return happening;
            (var gap, _gap) = (_gap, null);
            return gap;
        }
    }
}
