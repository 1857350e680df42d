namespace RoomChat.Rooms;

/// <summary>The seam between a room and a connection.</summary>
public interface IReader
{
    TimeSpan Silence { get; }

    /// <summary>Is given several events at once where many come.</summary>
    bool IsPaced => false;

    /// <summary>False if nothing it has sent is being handled, after which the action would be called.</summary>
    bool TryDefer(Action action) => false;

    /// <summary>Never fails: a failed write closes the connection instead.</summary>
    Task WriteAsync(OutgoingMessage message);

    /// <summary>Does not wait. The client is told why if it still reads.</summary>
    void Close(CloseReason reason);
}
