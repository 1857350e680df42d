namespace RoomChat.Rooms;

public enum CloseReason { Replaced, Stopping, TooSlow, SignedOut, Flooding, Idle, Restarted, Removed, RoomClosed }

public static class CloseReasons
{
    public static string ToCode(this CloseReason reason) => reason switch
    {
        CloseReason.Replaced => "replaced",
        CloseReason.Stopping => "stopping",
        CloseReason.TooSlow => "too-slow",
        CloseReason.SignedOut => "signed-out",
        CloseReason.Flooding => "flooding",
        CloseReason.Idle => "idle",
        CloseReason.Restarted => "restarted",
        CloseReason.Removed => "removed",
        CloseReason.RoomClosed => "room-closed",
    };
}
