using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace RoomChat.Transport;

/// <summary>The framework has a stream for either direction of a pipe, but WebSocket needs one for both.</summary>
internal sealed class DuplexPipeStream(IDuplexPipe pipe) : Stream
{
    private static readonly byte[] EmptyPing = [0x89, 0];

    private readonly Lock _gate = new();
    private Task _lastWrite = Task.CompletedTask;

    public override bool CanRead => true;
    public override bool CanWrite => true;
    public override bool CanSeek => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => Seek(value, SeekOrigin.Begin); }

    /// <summary>Zero is the end, or for an empty buffer that there is something to read.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var result = await pipe.Input.ReadAsync(cancellationToken);
        ObjectDisposedException.ThrowIf(result.IsCanceled, this);
        var count = (int)Math.Min(buffer.Length, result.Buffer.Length);
        var read = result.Buffer.Slice(0, count);
        read.CopyTo(buffer.Span);
        pipe.Input.AdvanceTo(read.End);
        return count;
    }

    /// <summary>If the connection is lost, reading ends, and reports it.</summary>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (!_lastWrite.IsCompleted) return new ValueTask(_lastWrite = WriteAfterAsync(_lastWrite, buffer));
            var written = pipe.Output.WriteAsync(buffer, cancellationToken);
            if (!written.IsCompletedSuccessfully) return new ValueTask(_lastWrite = written.AsTask());
            _ = written.Result;
            return default;
        }
    }

    /// <summary>Between two frames, as WebSocket writes each of its own at once.</summary>
    public async Task PingAsync()
    {
        try
        {
            await WriteAsync(EmptyPing);
        }
        catch (InvalidOperationException)
        {
            // The connection has ended.
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() { }
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>WebSocket.Abort disposes the stream to end a pending receive.</summary>
    protected override void Dispose(bool disposing)
    {
        pipe.Input.CancelPendingRead();
        base.Dispose(disposing);
    }

    private async Task WriteAfterAsync(Task before, ReadOnlyMemory<byte> buffer)
    {
        await before;
        await pipe.Output.WriteAsync(buffer);
    }
}
