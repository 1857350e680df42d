namespace RoomChat.Rooms;

public enum EventType { Message, Joined, Left }

/// <summary>Members, newcomers, polls and the terminal all get this record.</summary>
public sealed record RoomEvent(
    long Seq, EventType Type, string From, string? Text, DateTimeOffset At, string? Id = null, bool? Registered = null)
{
    private const int Overhead = 160;

    internal int EstimateBytes() => Overhead + 2 * (From.Length + (Text?.Length ?? 0) + (Id?.Length ?? 0));
}
