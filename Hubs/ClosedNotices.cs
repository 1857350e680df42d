using RoomChat.Rooms;

namespace RoomChat.Hubs;

internal static class ClosedNotices
{
    private const int ReturnAfterMs = 3_000, RestartReturnAfterMs = 0;

    public static ClosedNotice? For(CloseReason reason) => reason switch
    {
        CloseReason.Replaced => new(reason.ToCode(), "You joined this room from somewhere else."),
        CloseReason.Stopping => new(reason.ToCode(), "The server is stopping.", ReturnAfterMs),
        CloseReason.Restarted => new(reason.ToCode(), "This room begins anew.", RestartReturnAfterMs),
        CloseReason.SignedOut => new(reason.ToCode(), "You have been signed out."),
        CloseReason.Flooding => new(reason.ToCode(), "This connection sent too much at once."),
        CloseReason.Idle => new(reason.ToCode(), "This connection did not join a room in time."),
        CloseReason.TooSlow => null,
    };
}
