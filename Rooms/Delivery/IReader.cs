namespace RoomChat.Rooms;

public enum CloseReason { Replaced, Stopping, TooSlow, SignedOut, Flooding, Idle }

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
    };
}

/// <summary>The seam between a room and whatever carries its events to a member.</summary>
public interface IReader
{
    /// <summary>How long nothing has been received from the other end.</summary>
    TimeSpan Silence { get; }

    /// <summary>Completes when it is written. It never fails: a failed write ends the connection instead.</summary>
    Task WriteAsync(OutgoingMessage message);

    /// <summary>Closes the connection without waiting, and tells the other end why if it still can.</summary>
    void Close(CloseReason reason);
}
