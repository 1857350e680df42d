using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace RoomChat.Transport;

/// <summary>
/// Once a connection has become a WebSocket, its HTTP request ends and the connection goes on without it, so that
/// what Kestrel keeps for a request is freed. Under TLS the request lasts, since Kestrel's encryption ends with it.
/// </summary>
internal sealed class ConnectionUpgrade : IConnectionHeartbeatFeature
{
    private static readonly WebSocketAcceptContext HandshakeOnly = new() { KeepAliveInterval = TimeSpan.Zero };

    private readonly IConnectionHeartbeatFeature? _heartbeat;
    private Action? _tickRequest;
    private Func<Task>? _afterRequest;

    public ConnectionUpgrade(ConnectionContext connection, FairPipeReader bytes)
    {
        (Connection, Bytes) = (connection, bytes);
        _heartbeat = connection.Features.Get<IConnectionHeartbeatFeature>();
        connection.Features.Set<IConnectionHeartbeatFeature>(this);
        connection.Features.Set(this);
    }

    public ConnectionContext Connection { get; }
    public FairPipeReader Bytes { get; }

    public async Task AcceptAsync(HttpContext request, WebSocketOptions options, Func<WebSocket, Task> run)
    {
        if (Connection.Transport != Bytes || !HttpProtocol.IsHttp11(request.Request.Protocol))
        {
            await run(await request.WebSockets.AcceptWebSocketAsync());
            return;
        }
        // What this returns would read and write through the request.
        await request.WebSockets.AcceptWebSocketAsync(HandshakeOnly);
        var stream = new DuplexPipeStream(Bytes);
        var socket = WebSocket.CreateFromStream(
            stream, new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = TimeSpan.Zero });
        if (options.KeepAliveInterval > TimeSpan.Zero)
            _heartbeat?.OnHeartbeat(
                static keepAlive => ((KeepAlive)keepAlive).Tick(),
                new KeepAlive(Bytes, stream, socket, options.KeepAliveInterval, options.KeepAliveTimeout));
        _afterRequest = () => run(socket);
    }

    public Task EndRequest()
    {
        (var run, _afterRequest, _tickRequest) = (_afterRequest, null, null);
        Connection.Features.Set(_heartbeat);
        return run?.Invoke() ?? Task.CompletedTask;
    }

    /// <summary>Kestrel keeps what listens to the heartbeat for as long as the connection lives.</summary>
    void IConnectionHeartbeatFeature.OnHeartbeat(Action<object> action, object state)
    {
        if (_tickRequest is null) _heartbeat?.OnHeartbeat(static upgrade => ((ConnectionUpgrade)upgrade).Tick(), this);
        _tickRequest = () => action(state);
    }

    private void Tick() => _tickRequest?.Invoke();
}
