using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using RoomChat.Tests.Support;
using RoomChat.Transport;

namespace RoomChat.Tests.Transport;

public sealed class WebSocketConnectionTests : IDisposable
{
    private static readonly byte[] Word = [1];

    private readonly SlowSocket _socket = new();

    /// <summary>Browsers report an error: "Data frame received after close".</summary>
    [Fact]
    public Task NothingIsSentAfterTheClose() => ServeAsync(async connection =>
    {
        connection.Transport.Input.CancelPendingRead();
        var written = await connection.Transport.Output.WriteAsync(Word).AsTask().Soon();

        Assert.True(written.IsCompleted);
        Assert.Equal(["close"], _socket.Begun);
    });

    [Fact]
    public Task TheCloseFollowsTheWriteUnderWay() => ServeAsync(async connection =>
    {
        var writing = connection.Transport.Output.WriteAsync(Word).AsTask();
        connection.Transport.Input.CancelPendingRead();
        Assert.Equal(["word"], _socket.Begun);

        _socket.IsRead.SetResult();
        await writing.Soon();
        Assert.Equal(["word", "close"], _socket.Begun);
    });

    [Fact]
    public Task AFlushWhileCorkedLeavesWithTheNextWriteInOneMessage() => ServeAsync(async connection =>
    {
        _socket.IsRead.SetResult();
        var (output, corked) = (connection.Transport.Output, (WebSocketConnection)connection);

        corked.Cork();
        output.Write(Word);
        await output.FlushAsync();
        Assert.Empty(_socket.Begun);

        await output.WriteAsync(Word);
        Assert.Equal(["word"], _socket.Begun);
        Assert.Equal(2 * Word.Length, _socket.LastLength);
    });

    /// <summary>The notice before a close depends on it.</summary>
    [Fact]
    public Task AFlushAfterUncorkingIsSent() => ServeAsync(async connection =>
    {
        _socket.IsRead.SetResult();
        var (output, corked) = (connection.Transport.Output, (WebSocketConnection)connection);

        corked.Cork();
        corked.Uncork();
        output.Write(Word);
        await output.FlushAsync();

        Assert.Equal(["word"], _socket.Begun);
    });

    [Fact]
    public Task WhatIsDeferredWhileSomethingIsHandledIsCalledBeforeMoreIsRead() => ServeAsync(async connection =>
    {
        var (input, deferring, calls) = (connection.Transport.Input, (WebSocketConnection)connection, 0);
        Assert.False(deferring.TryDefer(() => calls++));

        var received = await input.ReadAsync();
        Assert.True(deferring.TryDefer(() => calls++));
        Assert.False(deferring.TryDefer(() => calls++));
        Assert.Equal(0, calls);

        input.AdvanceTo(received.Buffer.End);
        await input.ReadAsync();
        Assert.Equal(1, calls);
    });

    [Fact]
    public async Task WhatIsDeferredIsCalledThoughNoMoreIsRead()
    {
        var calls = 0;
        await ServeAsync(async connection =>
        {
            await connection.Transport.Input.ReadAsync();
            Assert.True(((WebSocketConnection)connection).TryDefer(() => calls++));
        });

        Assert.Equal(1, calls);
    }

    public void Dispose() => _socket.Dispose();

    private Task ServeAsync(ConnectionDelegate serve)
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpWebSocketFeature>(_socket);
        context.Features.Set(
            new ConnectionUpgrade(
                new DefaultConnectionContext(), new FairPipeReader(new DuplexPipe(), TimeProvider.System)));
        return WebSocketConnection.Accept(serve, new WebSocketOptions(), TimeProvider.System)(context).Soon();
    }

    private sealed class DuplexPipe : IDuplexPipe
    {
        private readonly Pipe _pipe = new();

        public PipeReader Input => _pipe.Reader;
        public PipeWriter Output => _pipe.Writer;
    }

    /// <summary>No write completes before IsRead is set.</summary>
    private sealed class SlowSocket : WebSocket, IHttpWebSocketFeature
    {
        public List<string> Begun { get; } = [];
        public int LastLength { get; private set; }
        public TaskCompletionSource IsRead { get; } = new();

        public bool IsWebSocketRequest => true;
        public override WebSocketState State => WebSocketState.Open;
        public override WebSocketCloseStatus? CloseStatus => null;
        public override string? CloseStatusDescription => null;
        public override string? SubProtocol => null;

        public Task<WebSocket> AcceptAsync(WebSocketAcceptContext context) => Task.FromResult<WebSocket>(this);

        public override Task SendAsync(
            ArraySegment<byte> buffer,
            WebSocketMessageType messageType,
            bool endOfMessage,
            CancellationToken cancellationToken)
        {
            LastLength = buffer.Count;
            return BeginAsync("word");
        }

        public override Task CloseOutputAsync(
            WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
            BeginAsync("close");

        public override Task<WebSocketReceiveResult> ReceiveAsync(
            ArraySegment<byte> buffer, CancellationToken cancellationToken) =>
            Task.FromResult(new WebSocketReceiveResult(0, WebSocketMessageType.Close, endOfMessage: true));

        public override Task CloseAsync(
            WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
            Task.CompletedTask;

        public override void Abort() { }
        public override void Dispose() { }

        private Task BeginAsync(string what)
        {
            Begun.Add(what);
            return IsRead.Task;
        }
    }
}
