using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using RoomChat.Rooms;

namespace RoomChat.Hubs;

/// <summary>A SignalR connection as a room sees it.</summary>
internal sealed class HubReader(HubConnectionContext connection, TimeProvider time) : IReader
{
    private const int ReturnAfterMs = 3_000;

    /// <summary>How long a connection may take to end by itself, last words included.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Who this connection is, while it is somebody.</summary>
    public Member? Member { get; set; }

    /// <summary>The letting go, once it has begun; it ends with the connection.</summary>
    public Task Closing { get; private set; } = Task.CompletedTask;

    public Task WriteAsync(Outgoing what) => connection.WriteAsync(what.EncodedOnce(Encode)).AsTask();

    public void Close(Parting why) => Closing = CloseAsync(Farewell(why));

    public void Ended() => _ended.TrySetResult();

    private async Task CloseAsync(ClosedNotice? notice)
    {
        var said = notice is null ? default : connection.WriteAsync(new InvocationMessage("Closed", [notice]));
        connection.Abort();
        await Task.WhenAny(_ended.Task, notice is null ? Task.CompletedTask : Task.Delay(Patience, time)).ConfigureAwait(false);

        // SignalR's own end waits for the client to read; where it does not, only the socket's end helps.
        if (!_ended.Task.IsCompleted) connection.GetHttpContext()?.Abort();
        await said.ConfigureAwait(false);
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
