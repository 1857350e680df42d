namespace RoomChat.Redis;

/// <summary>
/// Lets what is asked of Redis within an interval leave together, in order, so that one write and one read serve all
/// of it. What is asked alone leaves at once, and so does everything once some of it is urgent.
/// </summary>
internal sealed class CommandPacer : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(2);

    private readonly Lock _gate = new();
    private readonly AutoResetEvent _isAwaited = new(false);
    private readonly AutoResetEvent _isUrgent = new(false);
    private List<Task> _waiting = [], _leaving = [];
    private volatile bool _isStopped;

    public CommandPacer() =>
        new Thread(TakeTurns) { IsBackground = true, Name = nameof(CommandPacer) }.Start();

    /// <summary>What has to wait begins on the thread of the pacer, which must not be blocked.</summary>
    public Task<T> InTurnAsync<T>(Func<Task<T>> ask, bool isUrgent)
    {
        lock (_gate)
        {
            var isAlone = _waiting.Count == 0 && _leaving.Count == 0;
            if (!_isStopped && !(isUrgent && isAlone))
            {
                var turn = new Task<Task<T>>(ask);
                _waiting.Add(turn);
                if (_waiting.Count == 1) _isAwaited.Set();
                if (isUrgent) _isUrgent.Set();
                return turn.Unwrap();
            }
        }
        return ask();
    }

    /// <summary>What waits still leaves.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isStopped) return;
            _isStopped = true;
            _isAwaited.Set();
            _isUrgent.Set();
        }
    }

    private void TakeTurns()
    {
        while (!_isStopped)
        {
            _isAwaited.WaitOne();
            BeginTurn();
            _isUrgent.WaitOne(Interval);
        }
        BeginTurn();
        _isAwaited.Dispose();
        _isUrgent.Dispose();
    }

    private void BeginTurn()
    {
        lock (_gate)
        {
            (_waiting, _leaving) = (_leaving, _waiting);
            _isUrgent.Reset();
        }
        foreach (var turn in _leaving) turn.RunSynchronously(TaskScheduler.Default);
        lock (_gate) _leaving.Clear();
    }
}
