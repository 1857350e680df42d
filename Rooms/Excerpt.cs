namespace RoomChat.Rooms;

/// <summary>A part of a transcript for whoever asked, the place to ask from next, and whether something between is no longer kept.</summary>
public sealed record Excerpt(IReadOnlyList<RoomEvent> Events, long Seq, bool Gap = false);
