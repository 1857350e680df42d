namespace RoomChat.Rooms;

public sealed record EventPage(IReadOnlyList<RoomEvent> Events, long Seq, bool HasGap = false);
