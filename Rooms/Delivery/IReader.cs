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

/// <summary>The seam between a room and a connection.</summary>
public interface IReader
{
    TimeSpan Silence { get; }

    /// <summary>Never fails: a failed write closes the connection instead.</summary>
    Task WriteAsync(OutgoingMessage message);

    /// <summary>Does not wait. The client is told why if it still reads.</summary>
    void Close(CloseReason reason);
}
