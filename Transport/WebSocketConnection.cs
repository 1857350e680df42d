using System.Buffers.Text;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace RoomChat.Transport;

/// <summary>In place of SignalR's own transport; README.md says why.</summary>
internal sealed class WebSocketConnection
    : ConnectionContext, IDuplexPipe, IHttpContextFeature, IConnectionUserFeature
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);
    private static readonly ClaimsPrincipal Anonymous = new(new ClaimsIdentity());

    private readonly WebSocket _socket;
    private readonly FairPipeReader _bytes;
    private readonly TimeProvider _time;
    private readonly WebSocketPipeReader _input;
    private readonly WebSocketPipeWriter _output;
    private ITimer? _closeTimer;

    private WebSocketConnection(HttpContext context, WebSocket socket, ClaimsPrincipal? user, TimeProvider time)
    {
        (HttpContext, _socket, User, _time) = (context, socket, user ?? Anonymous, time);
        _bytes = context.Features.GetRequiredFeature<FairPipeReader>();
        (_input, _output) = (new WebSocketPipeReader(socket, _bytes, Close), new WebSocketPipeWriter(socket));
        Features = context.Features;    // among them Kestrel's heartbeat, which drives SignalR's pings
        Features.Set<IHttpContextFeature>(this);
        Features.Set<IConnectionUserFeature>(this);
        Features.Set(this);
    }

    public override string ConnectionId { get; set; } = NewId();
    public override IFeatureCollection Features { get; }
    public override IDictionary<object, object?> Items { get => field ??= new Dictionary<object, object?>(); set; }
    public override IDuplexPipe Transport { get => this; set => throw new NotSupportedException(); }

    /// <summary>Never cancelled: the end of the input signals that the connection has closed.</summary>
    public override CancellationToken ConnectionClosed { get; set; }

    public HttpContext? HttpContext { get; set; }
    public ClaimsPrincipal? User { get; set; }

    public TimeSpan Silence => _bytes.Silence;

    PipeReader IDuplexPipe.Input => _input;
    PipeWriter IDuplexPipe.Output => _output;

    public static string NewId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    public static RequestDelegate Accept(ConnectionDelegate run, TimeProvider time) => async context =>
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        // Without a cookie there is no one to authenticate, and trying would be most of a guest's cost.
        var user = context.Request.Headers.Cookie.Count > 0 ? (await context.AuthenticateAsync()).Principal : null;
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await using var connection = new WebSocketConnection(context, socket, user, time);
        try
        {
            await run(connection);
        }
        finally
        {
            connection.Close();
            await connection._input.DrainAsync();
        }
    };

    public override void Abort(ConnectionAbortedException abortReason) => _socket.Abort();

    public override ValueTask DisposeAsync()
    {
        _closeTimer?.Dispose();
        return base.DisposeAsync();
    }

    public static bool IsConnectionLost(Exception exception) =>
        exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException;

    /// <summary>The peer's answer, or else the timeout, ends the input.</summary>
    private void Close()
    {
        if (!_output.TryBeginClose()) return;
        _closeTimer = _time.CreateTimer(_ => _socket.Abort(), null, CloseTimeout, Timeout.InfiniteTimeSpan);
    }
}
