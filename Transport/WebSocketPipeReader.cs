using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;

namespace RoomChat.Transport;

/// <summary>Rents a buffer only while it holds data, since most connections are idle.</summary>
internal sealed class WebSocketPipeReader(WebSocket socket, FairPipeReader bytes, Action close) : PipeReader
{
    private const int MinBufferSize = 4 << 10;

    private static readonly Action Nothing = () => { };

    private byte[] _buffer = [];
    private int _start, _end;
    private ReadOnlySequence<byte> _read;
    private bool _hasUnexamined, _isCompleted;
    private volatile bool _isCanceled;
    private Action? _deferred;      // null while nothing is being handled

    /// <summary>The action is called before more is read. False if nothing is being handled, or one waits.</summary>
    public bool TryDefer(Action action) => Interlocked.CompareExchange(ref _deferred, action, Nothing) == Nothing;

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        CallDeferred();
        if (cancellationToken.CanBeCanceled) return ReadCancellableAsync(cancellationToken);
        return _hasUnexamined || _isCompleted || _isCanceled ? new(Result()) : ReceiveAsync();
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _hasUnexamined = !_read.Slice(examined).IsEmpty;
        _start = _end - (int)_read.Slice(consumed).Length;
        if (_start == _end) ReturnBuffer();
    }

    /// <summary>A pending receive cannot be cancelled by itself, so the connection closes.</summary>
    public override void CancelPendingRead()
    {
        _isCanceled = true;
        close();
    }

    public override bool TryRead(out ReadResult result) => throw new NotSupportedException();

    public override void Complete(Exception? exception = null) { }

    public async Task DrainAsync()
    {
        for (; !_isCompleted; _start = _end)
        {
            CallDeferred();
            await ReceiveAsync();
        }
        CallDeferred();
        ReturnBuffer();
    }

    private void CallDeferred() => Interlocked.Exchange(ref _deferred, null)?.Invoke();

    private async ValueTask<ReadResult> ReadCancellableAsync(CancellationToken cancellationToken)
    {
        using var registration =
            cancellationToken.UnsafeRegister(reader => ((WebSocketPipeReader)reader!).CancelPendingRead(), this);
        return await ReadAsync(CancellationToken.None);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> ReceiveAsync()
    {
        try
        {
            // A zero-byte receive waits without a buffer.
            var received = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
            if (received.MessageType != WebSocketMessageType.Close)
            {
                EnsureSpace();
                received = await socket.ReceiveAsync(_buffer.AsMemory(_end), CancellationToken.None);
                _end += received.Count;
            }
            _isCompleted = received.MessageType == WebSocketMessageType.Close;
        }
        catch (Exception lost) when (WebSocketConnection.IsConnectionLost(lost))
        {
            if (lost.InnerException is ConnectionResetException) bytes.NoteReceived();
            _isCompleted = true;
        }
        return Result();
    }

    private ReadResult Result()
    {
        _deferred = Nothing;
        _read = _isCanceled ? default : new ReadOnlySequence<byte>(_buffer, _start, _end - _start);
        return new ReadResult(_read, _isCanceled, _isCompleted);
    }

    private void EnsureSpace()
    {
        if (_end < _buffer.Length) return;
        var unread = _end - _start;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(MinBufferSize, 2 * unread));
        _buffer.AsSpan(_start, unread).CopyTo(larger);
        ReturnBuffer();
        (_buffer, _end) = (larger, unread);
    }

    private void ReturnBuffer()
    {
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
        (_buffer, _start, _end) = ([], 0, 0);
    }
}
