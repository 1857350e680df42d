namespace RoomChat.Rooms;

/// <summary>Something that the rules of a room decide. Guarded by the room's lock.</summary>
internal abstract class Operation
{
    /// <summary>Of a message, which must not be decided together with another of the same id.</summary>
    public string? MessageId { get; init; }

    /// <summary>When it began to wait for the log; null while it does not.</summary>
    public TimeSpan? WaitingSince { get; set; }

    /// <summary>Perhaps before its entry was taken, since the log was away for too long.</summary>
    public abstract bool IsAnswered { get; }

    /// <summary>The entry to append; null if the outcome is known. Called again if it was not taken.</summary>
    public abstract LogEntry? Decide();

    /// <summary>Called once the entry is folded.</summary>
    public abstract void Complete(LogEntry taken);

    public abstract void Refuse(Refusal refusal);
}

internal sealed class Operation<T>(Func<Decision<T>> decide, Func<LogEntry, Outcome<T>> complete) : Operation
    where T : notnull
{
    private Outcome<T>? _outcome;
    private TaskCompletionSource<Outcome<T>>? _pending;

    /// <summary>Completed already where the log is in memory.</summary>
    public ValueTask<Outcome<T>> Outcome => _outcome is { } known
        ? new(known)
        : new((_pending ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task);

    public override bool IsAnswered => _outcome is not null;

    public override LogEntry? Decide()
    {
        var decision = decide();
        if (decision.Entry is null) Answer(decision.Outcome);
        return decision.Entry;
    }

    public override void Complete(LogEntry taken)
    {
        if (!IsAnswered) Answer(complete(taken));
    }

    public override void Refuse(Refusal refusal)
    {
        if (!IsAnswered) Answer(refusal);
    }

    private void Answer(Outcome<T> outcome)
    {
        _outcome = outcome;
        _pending?.SetResult(outcome);
    }
}
