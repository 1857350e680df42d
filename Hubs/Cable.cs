using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace RoomChat.Hubs;

/// <summary>
/// A WebSocket as SignalR sees it. SignalR's own transport hands every write over to another thread, through a pipe;
/// here it goes to the socket where it is made, which is most of what a delivery costs.
/// </summary>
internal sealed class Cable : ConnectionContext, IDuplexPipe, IHttpContextFeature, IConnectionUserFeature, ITransferFormatFeature
{
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(1);
    private static readonly PipeOptions Inline = new(
        readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, useSynchronizationContext: false);

    private readonly WebSocket _socket;
    private readonly Pipe _received = new(Inline);
    private readonly Outlet _outlet;

    private Cable(HttpContext context, WebSocket socket)
    {
        (HttpContext, _socket, _outlet) = (context, socket, new Outlet(socket));
        Features = new FeatureCollection(context.Features);     // Kestrel's heart beats for SignalR's pings too
        Features.Set<IHttpContextFeature>(this);
        Features.Set<IConnectionUserFeature>(this);
        Features.Set<ITransferFormatFeature>(this);
        Features.Set(this);
    }

    public override string ConnectionId { get; set; } = NewId();
    public override IFeatureCollection Features { get; }
    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>(capacity: 0);
    public override IDuplexPipe Transport { get => this; set => throw new NotSupportedException(); }
    public override CancellationToken ConnectionClosed { get; set; }       // never: the end of what is received says it

    public HttpContext? HttpContext { get; set; }
    public ClaimsPrincipal? User { get => HttpContext!.User; set => throw new NotSupportedException(); }
    public TransferFormat SupportedFormats => TransferFormat.Text;
    public TransferFormat ActiveFormat { get => TransferFormat.Text; set { } }

    PipeReader IDuplexPipe.Input => _received.Reader;
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
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await using var cable = new Cable(context, socket);
        var receiving = cable.ReceiveAsync();
        try
        {
            await serve(cable);
        }
        finally
        {
            await cable._received.Reader.CompleteAsync();
            await cable.CloseAsync(receiving, time);
        }
    };

    /// <summary>An acknowledgement waits for the event that it is about, which is on its way, and leaves together with it.</summary>
    public void HoldUntil(long seq) => Volatile.Write(ref _outlet.Until, seq);

    public void Handed(long seq) => Volatile.Write(ref _outlet.Handed, seq);

    public override void Abort(ConnectionAbortedException abortReason) => _socket.Abort();

    private async Task ReceiveAsync()
    {
        var writer = _received.Writer;
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);      // without a buffer, for most are idle
                if (received.MessageType == WebSocketMessageType.Close) break;
                received = await _socket.ReceiveAsync(writer.GetMemory(), CancellationToken.None);
                if (received.MessageType == WebSocketMessageType.Close) break;
                writer.Advance(received.Count);
                if ((await writer.FlushAsync()).IsCompleted) break;
            }
        }
        catch (Exception lost) when (lost is WebSocketException or OperationCanceledException or IOException)
        {
            // The other end is gone, which is all there is to say.
        }
        finally
        {
            await writer.CompleteAsync();
        }
    }

    /// <summary>Says goodbye where the other end listens, and waits a little for its answer.</summary>
    private async Task CloseAsync(Task receiving, TimeProvider time)
    {
        using var late = new CancellationTokenSource(ClosePatience, time);
        try
        {
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, late.Token);
            await receiving.WaitAsync(late.Token);
        }
        catch (Exception lost) when (lost is WebSocketException or OperationCanceledException or IOException)
        {
            _socket.Abort();
        }
        await receiving;
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
            catch (Exception lost) when (lost is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
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
