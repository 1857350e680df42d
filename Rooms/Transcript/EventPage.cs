namespace RoomChat.Rooms;

/// <summary>Part of a transcript, as a poll reads it.</summary>
/// <param name="Seq">The place to ask from next.</param>
public sealed record EventPage(IReadOnlyList<RoomEvent> Events, long Seq, bool HasGap = false);
