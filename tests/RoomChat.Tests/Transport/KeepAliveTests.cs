using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using RoomChat.Transport;

namespace RoomChat.Tests.Transport;

public sealed class KeepAliveTests : IDisposable, IDuplexPipe
{
    private static readonly byte[] Ping = [0x89, 0];

    private readonly Pipe _received = new(), _sent = new();
    private readonly FairPipeReader _bytes;
    private readonly DuplexPipeStream _stream;
    private readonly WebSocket _socket;
    private readonly KeepAlive _keepAlive;

    public KeepAliveTests()
    {
        _bytes = new FairPipeReader(this, TimeProvider.System);
        _stream = new DuplexPipeStream(_bytes);
        _socket = WebSocket.CreateFromStream(_stream, new WebSocketCreationOptions { IsServer = true });
        _keepAlive = new KeepAlive(
            _bytes, _stream, _socket, interval: TimeSpan.FromSeconds(3), timeout: TimeSpan.FromSeconds(2));
    }

    public PipeReader Input => _received.Reader;
    public PipeWriter Output => _sent.Writer;

    [Fact]
    public void ASilentPeerIsPingedOnceAndThenGivenUp()
    {
        Tick(2);
        Assert.Empty(Sent());

        Tick(1);
        Assert.Equal(Ping, Sent());

        Tick(1);
        Assert.Empty(Sent());
        Assert.Equal(WebSocketState.Open, _socket.State);

        Tick(1);
        Assert.Equal(WebSocketState.Aborted, _socket.State);
    }

    [Fact]
    public async Task WhoeverAnswersIsPingedAgainAfterTheNextSilence()
    {
        for (var n = 0; n < 3; n++)
        {
            Tick(4);
            Assert.Equal(Ping, Sent());
            await ReceiveAsync();
            Tick(1);
        }
        Assert.Equal(WebSocketState.Open, _socket.State);
    }

    [Fact]
    public async Task WhoeverTalksIsNotPinged()
    {
        for (var n = 0; n < 5; n++)
        {
            await ReceiveAsync();
            Tick(3);
        }
        Assert.Empty(Sent());
    }

    public void Dispose()
    {
        _socket.Dispose();
        _stream.Dispose();
    }

    private void Tick(int seconds)
    {
        for (var n = 0; n < seconds; n++) _keepAlive.Tick();
    }

    private async Task ReceiveAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await _received.Writer.WriteAsync(new byte[1], cancellation);
        Assert.Equal(1, await _stream.ReadAsync(new byte[1].AsMemory(), cancellation));
    }

    private byte[] Sent()
    {
        if (!_sent.Reader.TryRead(out var read)) return [];
        var sent = read.Buffer.ToArray();
        _sent.Reader.AdvanceTo(read.Buffer.End);
        return sent;
    }
}
