using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using RoomChat.Rooms;

namespace RoomChat.Hubs;

/// <summary>A SignalR connection as a room sees it.</summary>
internal sealed class HubReader(HubConnectionContext connection) : IReader
{
    private const int ReturnAfterMs = 3_000;

    /// <summary>Who this connection is, while it is somebody.</summary>
    public Member? Member { get; set; }

    /// <summary>The last write; it ends with the connection.</summary>
    public Task Closing { get; private set; } = Task.CompletedTask;

    public Task WriteAsync(Outgoing what) => connection.WriteAsync(what.EncodedOnce(Encode)).AsTask();

    public void Close(Parting why)
    {
        Member = null;
        if (Farewell(why) is { } notice) Closing = connection.WriteAsync(new InvocationMessage("Closed", [notice])).AsTask();
        connection.Abort();
    }


    private static SerializedHubMessage Encode(Outgoing what) => new(what switch
    {
        Batch batch => new InvocationMessage("Receive", [batch.Events, batch.Epoch]),
        TypingNotice typing => new InvocationMessage("Typing", [typing.From]),
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    });

    private static ClosedNotice? Farewell(Parting why) => why switch
    {
        Parting.Replaced => new("replaced", "You are in this room from another place now.", null),
        Parting.Stopping => new("stopping", "The server is stopping.", ReturnAfterMs),
        Parting.TooSlow => null, // what does not read what it is sent would not read this either
    };
}
