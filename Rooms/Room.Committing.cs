namespace RoomChat.Rooms;

/// <summary>Decide, append, fold. One append at a time: the next takes what came meanwhile.</summary>
public sealed partial class Room
{
    private const int MaxEntries = 100;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private Queue<Operation> _undecided = new();
    private List<Operation> _inProgress = [];
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
            var (operations, entries) = DecideNext();
            if (entries.Count > 0)
            {
                var append = _log.AppendAsync(_place, _roster, entries, _transcript.FirstKept);
                if (!append.IsCompletedSuccessfully)
                {
                    _ = FoldLaterAsync(append, operations);
                    return;
                }
                _isAppending = false;
                Fold(append.Result, operations);
            }
            _isAppending = false;
        }
    }

    /// <summary>A change of the roster is the last of its entries, so that the next is decided with it.</summary>
    private (List<Operation> Operations, List<LogEntry> Entries) DecideNext()
    {
        List<Operation> operations = [];
        List<LogEntry> entries = [];
        while (entries.Count < MaxEntries && _undecided.TryPeek(out var next))
        {
            if (next.MessageId is { } id && entries.Exists(entry => entry.Event?.Id == id)) break;
            _undecided.Dequeue();
            if (next.IsAnswered || next.Decide() is not { } entry) continue;
            operations.Add(next);
            entries.Add(entry);
            if (entry.Change is not null) break;
        }
        return (operations, entries);
    }

    private async Task FoldLaterAsync(ValueTask<LogAnswer> append, List<Operation> operations)
    {
        _inProgress = operations;
        var answer = await append.ConfigureAwait(false);
        lock (_gate)
        {
            (_inProgress, _isAppending) = ([], false);
            Fold(answer, operations);
            AppendNext();
        }
        CloseSuperseded();
    }

    private void Fold(LogAnswer answer, List<Operation> operations)
    {
        Fold(answer);
        if (_isClosed || answer is not { Page: { } page })
            foreach (var operation in operations) operation.Refuse(Reason.RoomNotFound);
        else if (answer.FirstTaken is { } first)
            for (var i = 0; i < operations.Count; i++) operations[i].Complete(page.Entries[first + i]);
        else _undecided = new(operations.Concat(_undecided));
    }

    private LogEntry NewEvent(EventType type, Name from, bool isRegistered, string? text = null, string? id = null) =>
        new(
            new RoomEvent(0, type, from.Shown, text, _environment.UtcNow, id, isRegistered ? true : null),
            Change: null, _environment.Store.Server);

    /// <summary>What waits for the log for too long is refused, though it may be taken later.</summary>
    private void RefuseOverdue()
    {
        if (_inProgress.Count + _undecided.Count == 0) return;     // as in most rooms at most times
        foreach (var operation in _inProgress.Concat(_undecided))
            if (_environment.Uptime - operation.WaitingSince >= LongestWait) operation.Refuse(Refusal.Unavailable);
    }
}
