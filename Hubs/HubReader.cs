using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Hubs;

/// <summary>A SignalR connection as a room sees it.</summary>
internal sealed class HubReader(HubConnectionContext connection, TimeProvider time) : IReader
{
    private const int ReturnAfterMs = 3_000;

    /// <summary>How long a connection may take to end by itself, last words included.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private long _aloneSince = time.GetTimestamp();

    public IPAddress From { get; } = Network.Of(connection.GetHttpContext()!);

    /// <summary>Who this connection is, while it is somebody.</summary>
    public Member? Member
    {
        get;
        set
        {
            field = value;
            _aloneSince = time.GetTimestamp();
        }
    }

    /// <summary>For how long it has been nobody.</summary>
    public TimeSpan Idle => Member is null ? time.GetElapsedTime(_aloneSince) : TimeSpan.Zero;

    /// <summary>The letting go, once it has begun; it ends with the connection.</summary>
    public Task Closing { get; private set; } = Task.CompletedTask;

    public TimeSpan Silence => Cable.Silence;

    public Task WriteAsync(Outgoing what)
    {
        if (what is Batch batch) Cable.Handed(batch.Events[^1].Seq);
        return connection.WriteAsync(what.EncodedOnce(Encode)).AsTask();
    }

    public Cable Cable { get; } = connection.Features.GetRequiredFeature<Cable>();

    public void Close(Parting why) => Closing = CloseAsync(Farewell(why));

    public void Ended() => _ended.TrySetResult();

    public static SerializedHubMessage Encode(Outgoing what) => new(what switch
    {
        Batch batch => new InvocationMessage("Receive", [batch.Events, batch.Epoch]),
        TypingNotice typing => new InvocationMessage("Typing", [typing.From]),
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    });

    private async Task CloseAsync(ClosedNotice? notice)
    {
        if (notice is not null)
        {
            // An abort discards what waits behind a write under way, and then waits for the client to read.
            var late = Task.Delay(Patience, time);
            await Task.WhenAny(connection.WriteAsync(new InvocationMessage("Closed", [notice])).AsTask(), late).ConfigureAwait(false);
            connection.Abort();
            await Task.WhenAny(_ended.Task, late).ConfigureAwait(false);
        }
        if (_ended.Task.IsCompleted) return;
        connection.GetHttpContext()?.Abort();
        connection.Abort();
    }

    private static ClosedNotice? Farewell(Parting why) => why switch
    {
        Parting.Replaced => new("replaced", "You are in this room from another place now.", null),
        Parting.Stopping => new("stopping", "The server is stopping.", ReturnAfterMs),
        Parting.SignedOut => new("signed-out", "You are signed out.", null),
        Parting.Flooding => new("flooding", "Too much came from here at once.", null),
        Parting.Idle => new("idle", "Nobody came into a room from here.", null),
        Parting.TooSlow => null, // what does not read what it is sent would not read this either
    };
}
