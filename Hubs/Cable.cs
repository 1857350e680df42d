using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace RoomChat.Hubs;

/// <summary>
/// A WebSocket as SignalR sees it. SignalR's own transport hands every write over to another thread, through a pipe;
/// here it goes to the socket where it is made, which is most of what a delivery costs.
/// </summary>
internal sealed class Cable : ConnectionContext, IDuplexPipe, IHttpContextFeature, IConnectionUserFeature
{
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(1);
    private static readonly ClaimsPrincipal Nobody = new(new ClaimsIdentity());

    private readonly WebSocket _socket;
    private readonly TimeProvider _time;
    private readonly Inlet _inlet;
    private readonly Outlet _outlet;
    private int _isClosing;
    private ITimer? _patience;

    private Cable(HttpContext context, WebSocket socket, ClaimsPrincipal? user, TimeProvider time)
    {
        (HttpContext, _socket, User, _time) = (context, socket, user ?? Nobody, time);
        (_inlet, _outlet) = (new Inlet(this), new Outlet(socket));
        Features = context.Features;    // Kestrel's heart beats for SignalR's pings too
        Features.Set<IHttpContextFeature>(this);
        Features.Set<IConnectionUserFeature>(this);
        Features.Set(this);
    }

    public override string ConnectionId { get; set; } = NewId();
    public override IFeatureCollection Features { get; }
    public override IDictionary<object, object?> Items { get => field ??= new Dictionary<object, object?>(); set; }
    public override IDuplexPipe Transport { get => this; set => throw new NotSupportedException(); }
    public override CancellationToken ConnectionClosed { get; set; }       // never: the end of what is received says it

    public HttpContext? HttpContext { get; set; }
    public ClaimsPrincipal? User { get; set; }

    PipeReader IDuplexPipe.Input => _inlet;
    PipeWriter IDuplexPipe.Output => _outlet;

    public static string NewId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    /// <summary>Serves a WebSocket until either end has enough.</summary>
    public static RequestDelegate Serving(ConnectionDelegate serve, TimeProvider time) => async context =>
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        var user = context.Request.Headers.Cookie.Count > 0 ? (await context.AuthenticateAsync()).Principal : null;
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await using var cable = new Cable(context, socket, user, time);
        try
        {
            await serve(cable);
        }
        finally
        {
            _ = cable.HangUpAsync();
            await cable._inlet.DrainAsync();
        }
    };

    /// <summary>An acknowledgement waits for the event that it is about, which is on its way, and leaves together with it.</summary>
    public void HoldUntil(long seq) => Volatile.Write(ref _outlet.Until, seq);

    public void Handed(long seq) => Volatile.Write(ref _outlet.Handed, seq);

    public override void Abort(ConnectionAbortedException abortReason) => _socket.Abort();

    public override ValueTask DisposeAsync()
    {
        _patience?.Dispose();
        return base.DisposeAsync();
    }

    /// <summary>Says goodbye where the other end listens. Its answer ends what is received; where none comes soon, this does.</summary>
    private async Task HangUpAsync()
    {
        if (Interlocked.Exchange(ref _isClosing, 1) != 0) return;
        try
        {
            _patience = _time.CreateTimer(_ => _socket.Abort(), null, ClosePatience, Timeout.InfiniteTimeSpan);
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception lost) when (IsLoss(lost))
        {
            // What is received ends too.
        }
    }

    /// <summary>The other end is gone, which is all there is to say.</summary>
    private static bool IsLoss(Exception problem) =>
        problem is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException;

    /// <summary>What has come. There is a buffer only while something is in it, for most connections are idle.</summary>
    private sealed class Inlet(Cable cable) : PipeReader
    {
        private const int Least = 4 << 10;

        private byte[] _buffer = [];
        private int _start, _end;
        private ReadOnlySequence<byte> _shown;
        private bool _hasNew, _isOver;
        private volatile bool _isCanceled;

        public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            if (cancellationToken.CanBeCanceled) return ReadInTimeAsync(cancellationToken);
            return _hasNew || _isOver || _isCanceled ? new(Show()) : ReceiveAsync();
        }

        public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
        {
            _hasNew = !_shown.Slice(examined).IsEmpty;
            _start = _end - (int)_shown.Slice(consumed).Length;
            if (_start == _end) Return();
        }

        /// <summary>Ends a read that is under way by ending the conversation.</summary>
        public override void CancelPendingRead()
        {
            _isCanceled = true;
            _ = cable.HangUpAsync();
        }

        public override bool TryRead(out ReadResult result) => throw new NotSupportedException();

        public override void Complete(Exception? exception = null) { }

        /// <summary>Reads on to the end, and keeps nothing of it.</summary>
        public async Task DrainAsync()
        {
            for (; !_isOver; _start = _end) await ReceiveAsync();
            Return();
        }

        private async ValueTask<ReadResult> ReadInTimeAsync(CancellationToken end)
        {
            using var late = end.UnsafeRegister(inlet => ((Inlet)inlet!).CancelPendingRead(), this);
            return await ReadAsync(CancellationToken.None);
        }

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
        private async ValueTask<ReadResult> ReceiveAsync()
        {
            try
            {
                var received = await cable._socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
                if (received.MessageType != WebSocketMessageType.Close)
                {
                    MakeRoom();
                    received = await cable._socket.ReceiveAsync(_buffer.AsMemory(_end), CancellationToken.None);
                    _end += received.Count;
                }
                _isOver = received.MessageType == WebSocketMessageType.Close;
            }
            catch (Exception lost) when (IsLoss(lost))
            {
                _isOver = true;
            }
            return Show();
        }

        private ReadResult Show()
        {
            _shown = _isCanceled ? default : new ReadOnlySequence<byte>(_buffer, _start, _end - _start);
            return new ReadResult(_shown, _isCanceled, _isOver);
        }

        private void MakeRoom()
        {
            if (_end < _buffer.Length) return;
            var unread = _end - _start;
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Least, 2 * unread));
            _buffer.AsSpan(_start, unread).CopyTo(larger);
            Return();
            (_buffer, _end) = (larger, unread);
        }

        private void Return()
        {
            if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
            (_buffer, _start, _end) = ([], 0, 0);
        }
    }

    /// <summary>Each flush is one message.</summary>
    private sealed class Outlet(WebSocket socket) : PipeWriter
    {
        public long Until, Handed;

        private byte[] _buffer = [];
        private int _count;

        public override bool CanGetUnflushedBytes => true;
        public override long UnflushedBytes => _count;

        public override Memory<byte> GetMemory(int sizeHint = 0)
        {
            var needed = _count + Math.Max(sizeHint, 256);
            if (_buffer.Length < needed)
            {
                var larger = ArrayPool<byte>.Shared.Rent(needed);
                _buffer.AsSpan(0, _count).CopyTo(larger);
                Return();
                _buffer = larger;
            }
            return _buffer.AsMemory(_count);
        }

        public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

        public override void Advance(int bytes) => _count += bytes;

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            if (_count == 0 || Volatile.Read(ref Until) > Volatile.Read(ref Handed)) return default;
            return SendHeldAsync();
        }

        private async ValueTask<FlushResult> SendHeldAsync()
        {
            var sent = await SendAsync(_buffer.AsMemory(0, _count));
            _count = 0;
            Return();
            return sent;
        }

        /// <summary>What is encoded already is not copied.</summary>
        public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
        {
            if (_count == 0) return SendAsync(source);
            source.Span.CopyTo(GetSpan(source.Length));
            _count += source.Length;
            return SendHeldAsync();
        }

        public override void CancelPendingFlush() { }

        public override void Complete(Exception? exception = null) { }      // a write under way may still need the buffer

        private async ValueTask<FlushResult> SendAsync(ReadOnlyMemory<byte> message)
        {
            try
            {
                await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
                return default;
            }
            catch (Exception lost) when (IsLoss(lost))
            {
                return new FlushResult(isCanceled: false, isCompleted: true);
            }
        }

        private void Return()
        {
            if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }
}
