namespace RoomChat.Rooms;

/// <summary>A part of a transcript, the place to ask from next, and whether something before it is no longer kept.</summary>
public sealed record Excerpt(IReadOnlyList<RoomEvent> Events, long Seq, bool Gap = false);
