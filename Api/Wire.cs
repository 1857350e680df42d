using RoomChat.Accounts;
using RoomChat.Rooms;

namespace RoomChat.Api;

internal sealed record MemberRequest(
    string? Name = null, string? Seat = null, string? Token = null, string? Passphrase = null, string? Check = null);

internal sealed record MessagePatch(string? Text = null)
{
    /// <summary>Texts are private.</summary>
    public override string ToString() => nameof(MessagePatch);
}

internal sealed record RoomLink(string Room, string Url, bool? Sealed = null)
{
    public static RoomLink To(Room room, HttpRequest request) =>
        new(
            $"{room.Code}", $"{request.Scheme}://{request.Host}{request.PathBase}/r/{room.Code}",
            room.IsSealed ? true : null);
}

/// <summary>What a stranger may know.</summary>
internal sealed record RoomSummary(
    string Room, int Members, DateTimeOffset CreatedAt, bool? Locked = null, DateTimeOffset? EndsAt = null,
    bool? Sealed = null)
{
    public static RoomSummary Of(Room room)
    {
        var info = room.Info;
        return new RoomSummary($"{room.Code}", room.Members, room.CreatedAt, info.Locked, info.EndsAt, info.Sealed);
    }
}

internal sealed record EventsAnswer(IReadOnlyList<RoomEvent> Events, long Seq, string Epoch, bool? Gap = null);

internal sealed record CredentialsRequest(string? Name = null, string? Password = null);

internal sealed record RefreshRequest(string? RefreshToken = null);

internal sealed record DeletionRequest(string? Password = null);

internal sealed record DirectRequest(string? With = null);

internal sealed record AccountAnswer(string Name);

/// <param name="Kind">A browser or a program; more is not kept of it.</param>
/// <param name="Current">It is the one that asks.</param>
internal sealed record SessionEntry(
    string Id, string Kind, DateTimeOffset Begun, DateTimeOffset Used, bool? Current = null);

internal sealed record SessionsAnswer(IReadOnlyList<SessionEntry> Sessions)
{
    public static SessionsAnswer Of(Sessions sessions, Session asking) =>
        new([.. from session in sessions.AllOf(asking)
            select new SessionEntry(
                session.Id, session.Record.Kind == SessionKind.Program ? "program" : "browser",
                session.Record.Begun, session.Record.Used, session.Id == asking.Id ? true : null)]);
}

internal sealed record DirectChatsAnswer(IReadOnlyList<DirectChat> Chats);

/// <param name="Uptime">In seconds.</param>
internal sealed record HealthAnswer(
    int? Rooms, int? Members, int? Connections, long Uptime, string? Version)
{
    public static HealthAnswer ForStrangers(long uptime) => new(null, null, null, uptime, null);
}
