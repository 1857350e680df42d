namespace RoomChat.Rooms;

/// <param name="BytesAgain">Of those that the member has been given before.</param>
public sealed record EventPage(
    IReadOnlyList<RoomEvent> Events, long Seq, bool HasGap = false, long BytesAgain = 0);
