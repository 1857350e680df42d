using RoomChat.Rooms;

namespace RoomChat.Api;

internal sealed record MemberRequest(string? Name = null, string? Seat = null);

internal sealed record RoomAnswer(string Room, string Url);
internal sealed record RoomState(string Room, int Members, DateTimeOffset CreatedAt);
internal sealed record EventsAnswer(IReadOnlyList<RoomEvent> Events, long Seq, string Epoch, bool? Gap = null);
