using System.Buffers.Text;
using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace RoomChat.Transport;

/// <summary>In place of SignalR's own transport; README.md says why.</summary>
internal sealed class WebSocketConnection : ConnectionContext, IDuplexPipe, IConnectionUserFeature
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);
    private static readonly ClaimsPrincipal Anonymous = new(new ClaimsIdentity());

    private readonly ConnectionContext _connection;
    private readonly WebSocket _socket;
    private readonly FairPipeReader _bytes;
    private readonly TimeProvider _time;
    private readonly WebSocketPipeReader _input;
    private readonly WebSocketPipeWriter _output;
    private ITimer? _closeTimer;

    private WebSocketConnection(
        ConnectionUpgrade upgrade, WebSocket socket, IPAddress? address, ClaimsPrincipal? user, TimeProvider time)
    {
        (_connection, _bytes, _socket, _time) = (upgrade.Connection, upgrade.Bytes, socket, time);
        (RemoteAddress, User) = (address ?? IPAddress.None, user ?? Anonymous);
        (_input, _output) = (new WebSocketPipeReader(socket, _bytes, Close), new WebSocketPipeWriter(socket));
        Features = _connection.Features;    // among them Kestrel's heartbeat, which drives SignalR's pings
        Features.Set<IConnectionUserFeature>(this);
        Features.Set(this);
    }

    public override string ConnectionId { get; set; } = NewId();
    public override IFeatureCollection Features { get; }
    public override IDictionary<object, object?> Items { get => field ??= new Dictionary<object, object?>(); set; }
    public override IDuplexPipe Transport { get => this; set => throw new NotSupportedException(); }

    /// <summary>Never cancelled: the end of the input signals that the connection has closed.</summary>
    public override CancellationToken ConnectionClosed { get; set; }

    public ClaimsPrincipal? User { get; set; }

    /// <summary>As the request named it, which a trusted proxy may have forwarded.</summary>
    public IPAddress RemoteAddress { get; }

    public TimeSpan Silence => _bytes.Silence;

    PipeReader IDuplexPipe.Input => _input;
    PipeWriter IDuplexPipe.Output => _output;

    public static string NewId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    public static RequestDelegate Accept(
        ConnectionDelegate run, WebSocketOptions options, TimeProvider time) => async request =>
    {
        if (!request.WebSockets.IsWebSocketRequest)
        {
            request.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        // Without a cookie there is no one to authenticate, and trying would be most of a guest's cost.
        var user = request.Request.Headers.Cookie.Count > 0 ? (await request.AuthenticateAsync()).Principal : null;
        var (address, upgrade) =
            (request.Connection.RemoteIpAddress, request.Features.GetRequiredFeature<ConnectionUpgrade>());
        await upgrade.AcceptAsync(
            request, options, socket => new WebSocketConnection(upgrade, socket, address, user, time).RunAsync(run));
    };

    /// <summary>The next flush waits for the one after it, and both leave in one send.</summary>
    public void Cork() => _output.IsCorked = true;

    public void Uncork() => _output.IsCorked = false;

    public bool TryDefer(Action action) => _input.TryDefer(action);

    public override void Abort(ConnectionAbortedException abortReason)
    {
        _socket.Abort();
        _connection.Abort(abortReason);
    }

    public override ValueTask DisposeAsync()
    {
        _closeTimer?.Dispose();
        _socket.Dispose();
        return base.DisposeAsync();
    }

    public static bool IsConnectionLost(Exception exception) =>
        exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException;

    private async Task RunAsync(ConnectionDelegate run)
    {
        await using var connection = this;
        try
        {
            await run(connection);
        }
        finally
        {
            Close();
            await _input.DrainAsync();
        }
    }

    /// <summary>The peer's answer, or else the timeout, ends the input.</summary>
    private void Close()
    {
        if (!_output.TryBeginClose()) return;
        _closeTimer = _time.CreateTimer(_ => _socket.Abort(), null, CloseTimeout, Timeout.InfiniteTimeSpan);
    }
}
