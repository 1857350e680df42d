namespace RoomChat.Rooms;

/// <summary>To the room, a reader of a single batch. The wait begins when it is held.</summary>
internal sealed class LongPoll : IReader
{
    private readonly ITimer _timeout;
    private readonly TaskCompletionSource<Batch?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _never = new();

    public LongPoll(long seq, TimeProvider time, TimeSpan wait)
    {
        Place = new Place(this) { Seq = seq };
        _timeout = time.CreateTimer(_ => Close(), null, wait, Timeout.InfiniteTimeSpan);
    }

    public Place Place { get; }

    public TimeSpan Silence => TimeSpan.Zero;

    public async Task<Batch?> AnswerAsync(CancellationToken cancellationToken)
    {
        using var timeout = _timeout;
        using var cancelled = cancellationToken.UnsafeRegister(_ => Close(), null);
        return await _answer.Task.ConfigureAwait(false);
    }

    /// <summary>Never completes, so that the poll is given a single batch.</summary>
    public Task WriteAsync(OutgoingMessage message)
    {
        if (message is not Batch batch) return Task.CompletedTask;
        _answer.TrySetResult(batch);
        return _never.Task;
    }

    public void Close(CloseReason reason) => Close();

    public void Close() => _answer.TrySetResult(null);
}
