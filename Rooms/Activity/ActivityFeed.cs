namespace RoomChat.Rooms;

/// <summary>Publishing never waits: a watcher that is slow is told how many activities it missed.</summary>
public sealed class ActivityFeed
{
    public const int Capacity = 10_000;

    public Predicate<Activity> Filter { get; set; } = _ => true;

    private readonly Queue<Activity> _queue = new();    // also the lock
    private ActivitySkipped? _skipped;
    private bool _isResting, _isCompleted;

    private bool IsEmpty => _queue.Count == 0 && _skipped is null && !_isCompleted;

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
            if (!_isResting) Monitor.Pulse(_queue);
        }
    }

    /// <summary>Having caught up, the watcher rests first: waking it costs more than to show an activity.</summary>
    public IEnumerable<Activity> Watch(TimeSpan rest = default)
    {
        while (Take(rest) is { } activity) yield return activity;
    }

    public void Complete()
    {
        lock (_queue)
        {
            _isCompleted = true;
            Monitor.PulseAll(_queue);
        }
    }

    private Activity? Take(TimeSpan rest)
    {
        lock (_queue)
        {
            if (IsEmpty)
            {
                _isResting = true;
                Monitor.Wait(_queue, rest);
                _isResting = false;
            }
            while (IsEmpty) Monitor.Wait(_queue);
            if (_queue.TryDequeue(out var activity)) return activity;
            (var skipped, _skipped) = (_skipped, null);
            return skipped;
        }
    }
}
