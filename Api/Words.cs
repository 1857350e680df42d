using RoomChat.Rooms;

namespace RoomChat.Api;

internal sealed record MemberRequest(string? Name = null, string? Seat = null, string? Token = null);

internal sealed record RoomAnswer(string Room, string Url)
{
    public static RoomAnswer Of(Room room, HttpRequest request) =>
        new($"{room.Code}", $"{request.Scheme}://{request.Host}{request.PathBase}/r/{room.Code}");
}

internal sealed record RoomState(string Room, int Members, DateTimeOffset CreatedAt);
internal sealed record EventsAnswer(IReadOnlyList<RoomEvent> Events, long Seq, string Epoch, bool? Gap = null);
