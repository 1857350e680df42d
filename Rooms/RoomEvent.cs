namespace RoomChat.Rooms;

public enum EventType { Message, Joined, Left }

/// <summary>One line of a transcript. The same record goes to members, newcomers, those who come back, and the terminal.</summary>
public sealed record RoomEvent(long Seq, EventType Type, string From, string? Text, DateTimeOffset At, string? Id = null, bool? Registered = null)
{
    private const int Overhead = 160;

    /// <summary>About what keeping it costs in memory.</summary>
    internal int Weigh() => Overhead + 2 * (From.Length + (Text?.Length ?? 0) + (Id?.Length ?? 0));
}
