namespace RoomChat.Rooms;

/// <summary>
/// Everything that happens, for one watcher with a thread of its own. Publishing never waits: of what a slow watcher
/// misses until it has caught up, it is told the number, at the place where it was.
/// </summary>
public sealed class ActivityFeed
{
    public const int Capacity = 10_000;

    /// <summary>What the watcher wants to see; for the rest it is not woken.</summary>
    public Predicate<Activity> Filter { get; set; } = _ => true;

    private readonly Queue<Activity> _queue = new();    // also the lock, for it is waited on
    private ActivitySkipped? _skipped;
    private bool _isCompleted;

    public void Publish(Activity activity)
    {
        if (!Filter(activity)) return;
        lock (_queue)
        {
            if (_isCompleted) return;
            if (_skipped is not null || _queue.Count == Capacity)
                _skipped = new ActivitySkipped(activity.At, (_skipped?.Count ?? 0) + 1);
            else
                _queue.Enqueue(activity);
            Monitor.Pulse(_queue);
        }
    }

    public IEnumerable<Activity> Watch()
    {
        while (Take() is { } activity) yield return activity;
    }

    public void Complete()
    {
        lock (_queue)
        {
            _isCompleted = true;
            Monitor.PulseAll(_queue);
        }
    }

    private Activity? Take()
    {
        lock (_queue)
        {
            while (_queue.Count == 0 && _skipped is null && !_isCompleted) Monitor.Wait(_queue);
            if (_queue.TryDequeue(out var activity)) return activity;
            (var skipped, _skipped) = (_skipped, null);
            return skipped;
        }
    }
}
