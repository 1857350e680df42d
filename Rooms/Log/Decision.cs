namespace RoomChat.Rooms;

/// <summary>Either an outcome that needs no entry in the log, or the entry that it needs.</summary>
internal readonly struct Decision<T> where T : notnull
{
    private Decision(Outcome<T> outcome) => Outcome = outcome;

    private Decision(LogEntry entry) => Entry = entry;

    public LogEntry? Entry { get; }

    public Outcome<T> Outcome { get; }

    public static implicit operator Decision<T>(Outcome<T> outcome) => new(outcome);
    public static implicit operator Decision<T>(T value) => new((Outcome<T>)value);
    public static implicit operator Decision<T>(Reason reason) => new((Outcome<T>)reason);
    public static implicit operator Decision<T>(Refusal refusal) => new((Outcome<T>)refusal);
    public static implicit operator Decision<T>(LogEntry entry) => new(entry);
}
