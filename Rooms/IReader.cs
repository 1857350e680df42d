namespace RoomChat.Rooms;

/// <summary>Why a connection is let go.</summary>
public enum Parting { Replaced, Stopping, TooSlow, SignedOut, Flooding, Idle }

/// <summary>The seam between a room and whatever carries its events to a person.</summary>
public interface IReader
{
    /// <summary>For how long nothing has been heard from the other end.</summary>
    TimeSpan Silence { get; }

    /// <summary>Completes when it is written. It does not fail: a write that cannot be done is a connection that ends.</summary>
    Task WriteAsync(Outgoing what);

    /// <summary>Says why where it still can, lets go, and waits for neither.</summary>
    void Close(Parting why);
}
