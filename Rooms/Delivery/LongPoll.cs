namespace RoomChat.Rooms;

/// <summary>To the room, a reader of a single batch.</summary>
internal sealed class LongPoll : IReader
{
    private readonly TaskCompletionSource<Batch?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _never = new();

    public LongPoll(long seq) => Place = new Place(this) { Seq = seq };

    public Place Place { get; }

    public TimeSpan Silence => TimeSpan.Zero;

    public async Task<Batch?> AnswerAsync(TimeProvider time, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var timeout = time.CreateTimer(_ => Close(), null, wait, Timeout.InfiniteTimeSpan);
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
