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

public sealed record RoomClosed(DateTimeOffset At, Code Room) : RoomActivity(At, Room)
{
    public override ActivityLine Line => new("* room closed");
}

/// <param name="IsElsewhere">By another server.</param>
public sealed record EventAppended(
    Code Room, RoomEvent Event, int Members, bool IsDirect = false, bool IsElsewhere = false)
    : RoomActivity(Event.At, Room)
{
    private PersonName Who => new(Event.From);

    public override ActivityLine Line => Event.Type switch
    {
        EventType.Joined => new("+ {Who} ({Here} here)", Who, Members),
        EventType.Left => new("- {Who} ({Here} here)", Who, Members),
        EventType.Message => new("{Who}: {Text}", Who, Event.Text!),
    };

    public ActivityLine LineWithoutText => new("{Who} wrote {Length} characters", Who, UnicodeText.Length(Event.Text!));
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

public sealed record ActivitySkipped(DateTimeOffset At, long Count) : Activity(At)
{
    public override ActivityLine Line => new("… {Events} events skipped here: the terminal could not keep up", Count);
}
