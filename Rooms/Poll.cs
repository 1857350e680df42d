namespace RoomChat.Rooms;

/// <summary>A request that waits for what comes next, as its room sees it: a reader of one batch. It holds no thread.</summary>
internal sealed class Poll : IReader
{
    private readonly TaskCompletionSource<Batch?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _never = new();

    public Poll(long seq) => Place = new Place(this) { Seq = seq };

    public Place Place { get; }

    public TimeSpan Silence => TimeSpan.Zero;

    /// <summary>What came; null where it ended before.</summary>
    public async Task<Batch?> AnswerAsync(TimeProvider time, TimeSpan wait, CancellationToken over)
    {
        using var late = time.CreateTimer(_ => End(), null, wait, Timeout.InfiniteTimeSpan);
        using var ended = over.UnsafeRegister(_ => End(), null);
        return await _answer.Task.ConfigureAwait(false);
    }

    /// <summary>The write of its batch is never done, so that it is handed nothing more.</summary>
    public Task WriteAsync(Outgoing what)
    {
        if (what is not Batch batch) return Task.CompletedTask;
        _answer.TrySetResult(batch);
        return _never.Task;
    }

    public void Close(Parting why) => End();

    public void End() => _answer.TrySetResult(null);
}
