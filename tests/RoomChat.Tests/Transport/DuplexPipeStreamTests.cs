using System.IO.Pipelines;
using RoomChat.Tests.Support;
using RoomChat.Transport;

namespace RoomChat.Tests.Transport;

public sealed class DuplexPipeStreamTests : IDisposable
{
    private readonly Pipe _pipe = new();
    private readonly DuplexPipeStream _stream;

    public DuplexPipeStreamTests() => _stream = new DuplexPipeStream(new Duplex(_pipe));

    [Fact]
    public async Task AnEmptyBufferWaitsForDataAndTakesNone()
    {
        var waiting = ReadAsync(0);
        Assert.False(waiting.IsCompleted);

        await _pipe.Writer.WriteAsync(new byte[10_000], TestContext.Current.CancellationToken);
        Assert.Equal(0, await waiting);
        Assert.Equal(6_000, await ReadAsync(6_000));
        Assert.Equal(4_000, await ReadAsync(6_000));

        await _pipe.Writer.CompleteAsync();
        Assert.Equal(0, await ReadAsync(1));
    }

    [Fact]
    public async Task APingIsWrittenBetweenTwoFrames()
    {
        byte[] first = [1, .. new byte[100_000]], second = [2];
        var cancellation = TestContext.Current.CancellationToken;

        var writing = _stream.WriteAsync(first.AsMemory(), cancellation).AsTask();
        Assert.False(writing.IsCompleted);      // not before the pipe has been read
        var pinging = _stream.PingAsync();
        var writingSecond = _stream.WriteAsync(second.AsMemory(), cancellation).AsTask();
        byte[] expected = [.. first, 0x89, 0, .. second];
        var written = new byte[expected.Length];
        await _stream.ReadExactlyAsync(written.AsMemory(), cancellation).AsTask().Soon();

        Assert.Equal(expected, written);
        await Task.WhenAll(writing, pinging, writingSecond).Soon();
    }

    [Fact]
    public async Task APingAfterTheEndOfTheConnectionIsNotSent()
    {
        await _pipe.Writer.CompleteAsync();
        await _stream.PingAsync().Soon();
    }

    [Fact]
    public async Task DisposeEndsAPendingRead()
    {
        var pending = ReadAsync(0);
        await _stream.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => pending);
    }

    public void Dispose() => _stream.Dispose();

    private Task<int> ReadAsync(int count) =>
        _stream.ReadAsync(new byte[count].AsMemory(), TestContext.Current.CancellationToken).AsTask().Soon();

    private sealed class Duplex(Pipe pipe) : IDuplexPipe
    {
        public PipeReader Input => pipe.Reader;
        public PipeWriter Output => pipe.Writer;
    }
}
