namespace RoomChat.Rooms;

public readonly record struct ActivityLine(string Template, params object[] Values);

public readonly record struct PersonName(string Name)
{
    public static PersonName OrSomebody(string? name) => new(name ?? "somebody");
}

/// <summary>Shown in the terminal. Each kind formats its own line, so that none can be forgotten.</summary>
public abstract record Activity(DateTimeOffset At)
{
    public virtual string Where => "";

    public abstract ActivityLine Line { get; }
}

public abstract record RoomActivity(DateTimeOffset At, Code Room) : Activity(At)
{
    public override string Where => Room.ToString();
}

public sealed record RoomOpened(DateTimeOffset At, Code Room, bool IsReopened, DirectPair? Pair = null)
    : RoomActivity(At, Room)
{
    public override ActivityLine Line =>
        Pair is { } pair
            ? new("* direct chat of {Who} and {With}", Person(pair.Inviter), Person(pair.Invitee))
        : IsReopened ? new("* room reopened")
        : new("* room created");

    private static PersonName Person(Name name) => new(name.Shown);
}

public sealed record RoomClosed(DateTimeOffset At, Code Room, string? By = null) : RoomActivity(At, Room)
{
    public override ActivityLine Line =>
        By is null ? new("* room closed") : new("* room closed by {Who}", new PersonName(By));
}

/// <param name="Whom">Who became the owner, or removed somebody, or whose message was removed.</param>
/// <param name="IsElsewhere">By another server.</param>
public sealed record EventAppended(
    Code Room, RoomEvent Event, int Members, string? Whom = null, bool IsDirect = false, bool IsElsewhere = false,
    bool IsSealed = false)
    : RoomActivity(Event.At, Room)
{
    private string Text => IsSealed ? SealedText.Describe(Event.Text!) : Event.Text!;
    private PersonName Who => new(Event.From);
    private PersonName Other => PersonName.OrSomebody(Whom);

    public override ActivityLine Line => Event.Type switch
    {
        EventType.Joined => new("+ {Who} ({Here} here)", Who, Members),
        EventType.Left when Event.By is not null =>
            new("- {Who} ({Here} here), removed by {Other}", Who, Members, Other),
        EventType.Left => new("- {Who} ({Here} here)", Who, Members),
        EventType.Locked => new("* locked by {Who}", Who),
        EventType.Unlocked => new("* unlocked by {Who}", Who),
        EventType.Passphrase when Event.On == true => new("* asks for a passphrase, set by {Who}", Who),
        EventType.Passphrase => new("* asks for no passphrase any more, said {Who}", Who),
        EventType.Titled when Event.Text is not null => new("* named {Title} by {Who}", Text, Who),
        EventType.Titled => new("* has no name any more, said {Who}", Who),
        EventType.Ends when Event.EndsAt is { } end => new("* ends at {End:u}, set by {Who}", end, Who),
        EventType.Ends => new("* stays, said {Who}", Who),
        EventType.Owner => new("* {Other} owns the room after {Who}", Other, Who),
        EventType.Renamed when Event.Reserved == true =>
            new("* {Who} is {Name} now, since the name has an account", Who, new PersonName(Event.To!.Name!)),
        EventType.Renamed => new("* {Who} is {Name} now", Who, new PersonName(Event.To!.Name!)),
        EventType.Edited => new("{Who} edited: {Text}", Who, Text),
        EventType.Removed when Whom is not null => new("{Who} removed a message of {Other}", Who, Other),
        EventType.Removed => new("{Who} took a message back", Who),
        EventType.Reacted when Event.On == true => new("{Who} reacted {Mark}", Who, Event.Mark!),
        EventType.Reacted => new("{Who} took {Mark} back", Who, Event.Mark!),
        EventType.Superseded => new("{Who} edited", Who),
        EventType.Announced => new("* server: {Text}", Event.Text!),
        EventType.Message => new("{Who}: {Text}", Who, Text),
    };

    public ActivityLine LineWithoutText => Event.Type switch
    {
        EventType.Titled => new("* named by {Who}", Who),
        EventType.Edited => new("{Who} edited a message to {Length} characters", Who, Length),
        _ => new("{Who} wrote {Length} characters", Who, Length),
    };

    private int Length => UnicodeText.Length(Event.Text ?? "");
}

public sealed record MemberDropped(DateTimeOffset At, Code Room, string Name) : RoomActivity(At, Room)
{
    public override ActivityLine Line => new("~ {Who} dropped", new PersonName(Name));
}

public sealed record MemberReturned(DateTimeOffset At, Code Room, string Name) : RoomActivity(At, Room)
{
    public override ActivityLine Line => new("~ {Who} is back", new PersonName(Name));
}

public sealed record ConnectionClosed(DateTimeOffset At, Code? Room, string? Name, CloseReason Reason) : Activity(At)
{
    public override string Where => $"{Room}";

    public override ActivityLine Line => new("~ {Who} dropped: {Why}", PersonName.OrSomebody(Name), Reason.ToCode());
}

/// <summary>How often a member did, beyond what was shown.</summary>
public sealed record MoreConnections(DateTimeOffset At, Code Room, string Name, int Count) : RoomActivity(At, Room)
{
    public override ActivityLine Line =>
        new("~ {Who} dropped or came back {Count} more times", new PersonName(Name), Count);
}

public sealed record ActivitySkipped(DateTimeOffset At, long Count) : Activity(At)
{
    public override ActivityLine Line => new("… {Events} events skipped here: the terminal could not keep up", Count);
}
