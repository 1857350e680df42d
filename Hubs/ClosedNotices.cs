using RoomChat.Rooms;

namespace RoomChat.Hubs;

internal static class ClosedNotices
{
    private const int ReturnAfterMs = 3_000, AtOnce = 0;

    /// <param name="isShared">There are other servers to return to.</param>
    public static ClosedNotice? For(CloseReason reason, bool isShared) => reason switch
    {
        CloseReason.Replaced => new(reason.ToCode(), "You joined this room from somewhere else."),
        CloseReason.Stopping => new(reason.ToCode(), "The server is stopping.", isShared ? AtOnce : ReturnAfterMs),
        CloseReason.Restarted => new(reason.ToCode(), "This room begins anew.", AtOnce),
        CloseReason.Removed => new(reason.ToCode(), "You have been removed from this room."),
        CloseReason.RoomClosed => new(reason.ToCode(), "This room has been closed."),
        CloseReason.SignedOut => new(reason.ToCode(), "You have been signed out."),
        CloseReason.Flooding => new(reason.ToCode(), "This connection sent too much at once."),
        CloseReason.Idle => new(reason.ToCode(), "This connection did not join a room in time."),
        CloseReason.TooSlow => null,
    };
}
