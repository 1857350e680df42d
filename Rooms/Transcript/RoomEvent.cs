namespace RoomChat.Rooms;

public enum EventType
{
    Message, Joined, Left, Locked, Unlocked, Passphrase, Titled, Ends, Owner,

    /// <summary>From whoever runs the server: a type of its own, so that no name can forge it.</summary>
    Announced,
}

/// <summary>Members, newcomers, polls and the terminal all get this record.</summary>
public sealed record RoomEvent(
    long Seq, EventType Type, string From, string? Text, DateTimeOffset At, string? Id = null, bool? Registered = null)
{
    private const int Overhead = 176;

    // Every message has these, so they are as small as can be.
    private readonly int _who, _other;
    private readonly long _endsAt;

    /// <summary>The number of the member that it is from, whose name <see cref="From"/> was then.</summary>
    public int? Who { get => NumberOf(_who); init => _who = value ?? 0; }

    /// <summary>The number of the member who removed the one who left.</summary>
    public int? By { get => Type == EventType.Left ? NumberOf(_other) : null; init => _other = value ?? _other; }

    /// <summary>The number of the new owner.</summary>
    public int? To { get => Type == EventType.Owner ? NumberOf(_other) : null; init => _other = value ?? _other; }

    /// <summary>Whether there is a passphrase from now on.</summary>
    public bool? On { get; init; }

    /// <summary>When the room ends; null if it stays.</summary>
    public DateTimeOffset? EndsAt
    {
        get => _endsAt == 0 ? null : new DateTimeOffset(_endsAt, TimeSpan.Zero);
        init => _endsAt = value?.UtcTicks ?? 0;
    }

    internal int EstimateBytes() => Overhead + 2 * (From.Length + (Text?.Length ?? 0) + (Id?.Length ?? 0));

    private static int? NumberOf(int number) => number == 0 ? null : number;
}
