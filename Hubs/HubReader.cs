using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using RoomChat.Rooms;
using RoomChat.Transport;
using RoomChat.Web;

namespace RoomChat.Hubs;

internal sealed class HubReader(HubConnectionContext connection, TimeProvider time, bool isShared) : IReader
{
    private static readonly TimeSpan
        CloseTimeout = TimeSpan.FromSeconds(1), AnswerTimeout = TimeSpan.FromMilliseconds(250);

    private readonly TaskCompletionSource _disconnected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WebSocketConnection _transport = connection.Features.GetRequiredFeature<WebSocketConnection>();
    private readonly Lock _gate = new();
    private long _writtenSeq;
    private bool _isClosing;
    private long _noMemberSince = time.GetTimestamp();

    public IPAddress Client => field ??= ClientNetwork.Of(_transport.RemoteAddress);

    public Member? Member
    {
        get;
        set
        {
            field = value;
            _noMemberSince = time.GetTimestamp();
        }
    }

    public bool IsPaced { get; set; }

    public TimeSpan IdleTime => Member is null ? time.GetElapsedTime(_noMemberSince) : TimeSpan.Zero;

    public Task Closing { get; private set; } = Task.CompletedTask;

    public TimeSpan Silence => _transport.Silence;

    public void Join(Joined joined)
    {
        Member = joined.Member;
        if (joined.HasMore) HoldAnswerUntil(joined.Seq);
        else lock (_gate) { _writtenSeq = joined.Seq; }
    }

    /// <summary>
    /// The answer then leaves in one send with the events that are about to be written, unless they may take a while.
    /// </summary>
    public void HoldAnswerUntil(long seq)
    {
        lock (_gate)
        {
            if (_writtenSeq < seq && !_isClosing && !IsPaced) _transport.Cork();
        }
    }

    /// <summary>After a leave no event follows, so a held answer leaves with the next one.</summary>
    public void ReleaseAnswer()
    {
        lock (_gate) { _transport.Uncork(); }
    }

    public bool TryDefer(Action action) => _transport.TryDefer(action);

    public Task WriteAsync(OutgoingMessage message)
    {
        if (message is Batch batch)
        {
            lock (_gate)
            {
                if (batch.Events is [.., var last]) _writtenSeq = last.Seq;
                _transport.Uncork();
            }
        }
        return connection.WriteAsync(message.GetOrEncode(Encode)).AsTask();
    }

    public void Close(CloseReason reason)
    {
        lock (_gate)
        {
            _isClosing = true;
            _transport.Uncork();
        }
        // Whoever has closed the room waits for the answer to that.
        Closing = CloseAsync(ClosedNotices.For(reason, isShared), isAnswerDue: reason == CloseReason.RoomClosed);
    }

    public void NoteDisconnected() => _disconnected.TrySetResult();

    public static SerializedHubMessage Encode(OutgoingMessage message) => new(message switch
    {
        Batch batch => new InvocationMessage("Receive", [batch.Events, batch.Epoch]),
        SeenNotice seen => new InvocationMessage("Seen", [seen.Places]),
        TypingNotice typing => new InvocationMessage("Typing", [typing.From]),
        _ => throw new ArgumentOutOfRangeException(nameof(message)),
    });

    private async Task CloseAsync(ClosedNotice? notice, bool isAnswerDue)
    {
        if (notice is not null)
        {
            // Abort discards queued writes, and then waits until the client has read the one in progress.
            var timeout = Task.Delay(CloseTimeout, time);
            var told = connection.WriteAsync(new InvocationMessage("Closed", [notice])).AsTask();
            await Task.WhenAny(told, timeout).ConfigureAwait(false);
            if (isAnswerDue)
                await Task.WhenAny(_disconnected.Task, Task.Delay(AnswerTimeout, time)).ConfigureAwait(false);
            connection.Abort();
            await Task.WhenAny(_disconnected.Task, timeout).ConfigureAwait(false);
        }
        if (_disconnected.Task.IsCompleted) return;
        _transport.Abort();
        connection.Abort();
    }
}
