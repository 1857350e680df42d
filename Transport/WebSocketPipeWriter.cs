using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;

namespace RoomChat.Transport;

/// <summary>Sends each flush as one WebSocket message, and none after the close frame.</summary>
internal sealed class WebSocketPipeWriter(WebSocket socket) : PipeWriter
{
    private const int Idle = 0, Sending = 1, Closing = 2;
    private const int MinBufferSize = 256;

    private byte[] _buffer = [];
    private int _count;
    private int _state;
    private volatile bool _isCorked;

    public bool IsCorked
    {
        get => _isCorked;
        set => _isCorked = value;
    }

    public override bool CanGetUnflushedBytes => true;
    public override long UnflushedBytes => _count;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        var needed = _count + Math.Max(sizeHint, MinBufferSize);
        if (_buffer.Length < needed)
        {
            var larger = ArrayPool<byte>.Shared.Rent(needed);
            _buffer.AsSpan(0, _count).CopyTo(larger);
            ReturnBuffer();
            _buffer = larger;
        }
        return _buffer.AsMemory(_count);
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes) => _count += bytes;

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
        _count == 0 || IsCorked ? default : SendBufferAsync();

    /// <summary>Not copied, unless corked data precedes it.</summary>
    public override ValueTask<FlushResult> WriteAsync(
        ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        if (_count == 0) return SendAsync(source);
        source.Span.CopyTo(GetSpan(source.Length));
        _count += source.Length;
        return SendBufferAsync();
    }

    public override void CancelPendingFlush() { }

    /// <summary>Keeps the buffer, which a pending send may still use.</summary>
    public override void Complete(Exception? exception = null) { }

    public bool TryBeginClose()
    {
        var before = Interlocked.Exchange(ref _state, Closing);
        if (before == Idle) Closed = CloseAsync();
        return before != Closing;
    }

    public Task Closed { get; private set; } = Task.CompletedTask;

    private async ValueTask<FlushResult> SendBufferAsync()
    {
        var sent = await SendAsync(_buffer.AsMemory(0, _count));
        _count = 0;
        ReturnBuffer();
        return sent;
    }

    private async ValueTask<FlushResult> SendAsync(ReadOnlyMemory<byte> message)
    {
        var closed = new FlushResult(isCanceled: false, isCompleted: true);
        if (Interlocked.CompareExchange(ref _state, Sending, Idle) != Idle) return closed;
        try
        {
            await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        catch (Exception lost) when (WebSocketConnection.IsConnectionLost(lost))
        {
            return closed;
        }
        finally
        {
            if (Interlocked.CompareExchange(ref _state, Idle, Sending) == Closing) await CloseAsync();
        }
        return default;
    }

    private async Task CloseAsync()
    {
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception lost) when (WebSocketConnection.IsConnectionLost(lost))
        {
            // The reader ends too, and reports it.
        }
    }

    private void ReturnBuffer()
    {
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
        _buffer = [];
    }
}
