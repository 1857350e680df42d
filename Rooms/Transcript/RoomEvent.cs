namespace RoomChat.Rooms;

public enum EventType
{
    Message, Joined, Left, Locked, Unlocked, Passphrase, Titled, Ends, Owner, Renamed,

    /// <summary>From whoever runs the server: a type of its own, so that no name can forge it.</summary>
    Announced,

    // These amend a message that was said before.
    Edited, Reacted,

    /// <summary>Also what is kept of the message itself, at its own seq.</summary>
    Removed,

    /// <summary>What is kept of an amendment that a later one has overtaken.</summary>
    Superseded,
}

/// <summary>Members, newcomers, polls and the terminal all get this record.</summary>
public sealed record RoomEvent(
    long Seq, EventType Type, string From, string? Text, DateTimeOffset At, string? Id = null, bool? Registered = null)
{
    private const int Overhead = 192;

    // Every message has these, so they are as small as can be.
    private readonly int _who, _other;
    private readonly long _time, _seq;
    private readonly object? _more;

    /// <summary>The number of the member that it is from, whose name <see cref="From"/> was then.</summary>
    public int? Who { get => NumberOf(_who); init => _who = value ?? 0; }

    /// <summary>The number of whoever removed the member who left, or what another has said.</summary>
    public int? By
    {
        get => Type is EventType.Left or EventType.Removed ? NumberOf(_other) : null;
        init => _other = value ?? _other;
    }

    /// <summary>The number of the new owner, or the new name of a member.</summary>
    public NumberOrName? To
    {
        get => _more as NumberOrName;
        init => _more = value ?? _more;
    }

    /// <summary>True if the name belongs to an account, and its guest was given another.</summary>
    public bool? Reserved
    {
        get => Type == EventType.Renamed && _other != 0 ? true : null;
        init => _other = value == true ? 1 : _other;
    }

    /// <summary>Whether there is a passphrase, or a reaction, from now on.</summary>
    public bool? On { get; init; }

    /// <summary>When the room ends; null if it stays.</summary>
    public DateTimeOffset? EndsAt
    {
        get => Type == EventType.Ends ? TimeOf(_time) : null;
        init => _time = value?.UtcTicks ?? _time;
    }

    /// <summary>The seq of the message that is amended.</summary>
    public long? Of
    {
        get => Type == EventType.Message ? null : SeqOf(_seq);
        init => _seq = value ?? _seq;
    }

    /// <summary>The seq of the message that is answered.</summary>
    public long? ReplyTo
    {
        get => Type == EventType.Message ? SeqOf(_seq) : null;
        init => _seq = value ?? _seq;
    }

    public DateTimeOffset? EditedAt
    {
        get => Type == EventType.Message ? TimeOf(_time) : null;
        init => _time = value?.UtcTicks ?? _time;
    }

    public string? Mark { get => _more as string; init => _more = value ?? _more; }

    /// <summary>The names of those who have reacted, by mark.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Marks
    {
        get => Reactions?.Names;
        init => _more = value is null ? _more : (Reactions ?? Reactions.None) with { Names = value };
    }

    /// <summary>Their numbers, in the same order.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<int>>? MarkedBy
    {
        get => Reactions?.Numbers;
        init => _more = value is null ? _more : (Reactions ?? Reactions.None) with { Numbers = value };
    }

    internal Reactions? Reactions { get => _more as Reactions; init => _more = value; }

    /// <summary>What is kept of a message that was taken back.</summary>
    internal bool IsStub => Type == EventType.Removed && _seq == Seq;

    internal bool IsAmendment =>
        Type is EventType.Edited or EventType.Reacted or EventType.Superseded
        || (Type == EventType.Removed && _seq != Seq);

    /// <summary>As it is kept from then on. May be applied again.</summary>
    internal RoomEvent AmendedBy(RoomEvent amendment) => amendment.Type switch
    {
        _ when Type != EventType.Message => this,
        EventType.Edited => this with { Text = amendment.Text, EditedAt = amendment.At },
        EventType.Removed => new RoomEvent(Seq, EventType.Removed, From, Text: null, At, Id, Registered)
        {
            Who = Who,
            Of = Seq,
            By = amendment.Who == Who ? null : amendment.Who,
        },
        EventType.Reacted => this with { Reactions = (Reactions ?? Reactions.None).With(amendment) },
        _ => this,
    };

    internal RoomEvent Overtaken() => new(Seq, EventType.Superseded, From, Text: null, At) { Who = Who, Of = Of };

    internal int EstimateBytes() =>
        Overhead + 2 * (From.Length + (Text?.Length ?? 0) + (Id?.Length ?? 0)) + (Reactions?.EstimateBytes() ?? 0);

    /// <summary>Of its JSON, at most: whatever is not ASCII may be escaped.</summary>
    internal int MaxJsonBytes() =>
        Overhead + UnicodeText.MaxJsonBytes(From) + UnicodeText.MaxJsonBytes(Text) + UnicodeText.MaxJsonBytes(Id)
        + (Reactions?.EstimateJsonBytes() ?? 0);

    private static int? NumberOf(int number) => number == 0 ? null : number;

    private static long? SeqOf(long seq) => seq == 0 ? null : seq;

    private static DateTimeOffset? TimeOf(long ticks) => ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
}
