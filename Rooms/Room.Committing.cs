namespace RoomChat.Rooms;

/// <summary>Decide, append, fold. One append at a time: the next takes what came meanwhile.</summary>
public sealed partial class Room
{
    private const int MaxEntries = 100;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly List<Operation> _inProgress = [];
    private readonly List<LogEntry> _appending = [];    // what the operations in progress decided
    private Queue<Operation> _undecided = new();
    private bool _isAppending;

    private ValueTask<Outcome<T>> CommitAsync<T>(Operation<T> operation) where T : notnull
    {
        lock (_gate)
        {
            Commit(operation);
            return operation.Outcome;
        }
    }

    private void Commit(Operation operation)
    {
        _undecided.Enqueue(operation);
        AppendNext();
        if (!operation.IsAnswered) operation.WaitingSince = _environment.Uptime;
    }

    private void AppendNext()
    {
        while (!_isAppending && _undecided.Count > 0)
        {
            _isAppending = true;
            DecideNext();
            if (_appending.Count == 0)
            {
                _isAppending = false;
                continue;
            }
            var append = _log.AppendAsync(_head, _fences, _appending, _transcript.FirstKept);
            if (append.IsCompletedSuccessfully) FoldAppended(append.Result);
            else _ = FoldLaterAsync(append);
        }
    }

    /// <summary>A fence is the last of its entries, so that the next is decided with it.</summary>
    private void DecideNext()
    {
        while (_appending.Count < MaxEntries && _undecided.TryPeek(out var next))
        {
            if (_appending.Count > 0 && next.MessageId is { } id && IsAppending(id)) break;
            _undecided.Dequeue();
            if (next.IsAnswered || next.Decide() is not { } entry) continue;
            _inProgress.Add(next);
            _appending.Add(entry);
            if (entry.IsFence) break;
        }
    }

    private bool IsAppending(string id) => _appending.Exists(entry => entry.Event?.Id == id);

    private async Task FoldLaterAsync(ValueTask<LogAnswer> append)
    {
        var answer = await RecoverAsync(append).ConfigureAwait(false);
        bool hasHole;
        lock (_gate)
        {
            _heardAt = _environment.Uptime;
            FoldAppended(answer);
            _recent?.Trim(_heardAt);
            hasHole = !FoldEarly();
            AppendNext();
        }
        if (hasHole) _ = CatchUp();
    }

    private void FoldAppended(LogAnswer answer)
    {
        Fold(answer);
        if (_isClosed || answer.Page is not { } page)
            foreach (var operation in _inProgress) operation.Refuse(Reason.RoomNotFound);
        else if (answer.FirstTaken is { } first)
            for (var i = 0; i < _inProgress.Count; i++) _inProgress[i].Complete(page.Entries[first + i]);
        else _undecided = new(_inProgress.Concat(_undecided));
        _inProgress.Clear();
        _appending.Clear();
        _isAppending = false;
    }

    /// <summary>What waits for the log for too long is refused, though it may be taken later.</summary>
    private void RefuseOverdue()
    {
        if (_inProgress.Count + _undecided.Count == 0) return;     // as in most rooms at most times
        foreach (var operation in _inProgress.Concat(_undecided))
            if (_environment.Uptime - operation.WaitingSince >= LongestWait) operation.Refuse(Refusal.Unavailable);
    }
}
