using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;

namespace RoomChat.Tests.Support;

/// <summary>Carries Microsoft's SignalR client over a plain ClientWebSocket, without negotiation.</summary>
internal sealed class WebSocketConnectionFactory : IConnectionFactory
{
    public async ValueTask<ConnectionContext> ConnectAsync(
        EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = new ClientWebSocket();
        var hub = ((UriEndPoint)endpoint).Uri;
        if (hub.Scheme == Uri.UriSchemeWss)
            socket.Options.RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null;
        await socket.ConnectAsync(hub, cancellationToken);
        return new SocketConnection(socket);
    }

    private sealed class SocketConnection : DefaultConnectionContext
    {
        private readonly WebSocket _socket;
        private readonly Task _pumps;

        public SocketConnection(WebSocket socket) : base(Guid.NewGuid().ToString())
        {
            _socket = socket;
            var pair = DuplexPipe.CreateConnectionPair(PipeOptions.Default, PipeOptions.Default);
            (Transport, Application) = (pair.Transport, pair.Application);
            _pumps = Task.WhenAll(ReceiveAsync(), SendAsync());
        }

        public override async ValueTask DisposeAsync()
        {
            await Transport.Output.CompleteAsync();
            await Transport.Input.CompleteAsync();
            await _pumps;
            await base.DisposeAsync();
            _socket.Dispose();
        }

        private async Task ReceiveAsync()
        {
            var into = Application!.Output;
            try
            {
                while (true)
                {
                    var received = await _socket.ReceiveAsync(into.GetMemory(), CancellationToken.None);
                    if (received.MessageType == WebSocketMessageType.Close) break;
                    into.Advance(received.Count);
                    if ((await into.FlushAsync()).IsCompleted) break;
                }
            }
            catch (Exception over) when (over is WebSocketException or OperationCanceledException)
            {
                // The server closed without a closing frame.
            }
            finally
            {
                await into.CompleteAsync();
            }
        }

        private async Task SendAsync()
        {
            var from = Application!.Input;
            try
            {
                while (true)
                {
                    var read = await from.ReadAsync();
                    foreach (var part in read.Buffer)
                        if (_socket.State == WebSocketState.Open)
                            await _socket.SendAsync(part, WebSocketMessageType.Text, true, CancellationToken.None);
                    from.AdvanceTo(read.Buffer.End);
                    if (read.IsCompleted) break;
                }
                if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                    await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
            }
            catch (Exception over) when (over is WebSocketException or OperationCanceledException)
            {
                // The connection was lost; ReceiveAsync completes the transport.
            }
            finally
            {
                await from.CompleteAsync();
            }
        }
    }

    private sealed class DuplexPipe(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;
        public PipeWriter Output => output;

        public static (
            IDuplexPipe Transport,
            IDuplexPipe Application) CreateConnectionPair(PipeOptions inward, PipeOptions outward)
        {
            Pipe incoming = new(inward), outgoing = new(outward);
            return (new DuplexPipe(incoming.Reader, outgoing.Writer), new DuplexPipe(outgoing.Reader, incoming.Writer));
        }
    }
}
