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
using RoomChat.Start;

namespace RoomChat.Hubs;

/// <summary>
/// A WebSocket as SignalR sees it. SignalR's own transport hands every write over to another thread, through a pipe;
/// here it goes to the socket where it is made, which is most of what a delivery costs.
/// </summary>
internal sealed partial class Cable : ConnectionContext, IDuplexPipe, IHttpContextFeature, IConnectionUserFeature
{
    private const int Idle = 0, Sending = 1, Closing = 2;

    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(1);
    private static readonly ClaimsPrincipal Nobody = new(new ClaimsIdentity());

    private readonly WebSocket _socket;
    private readonly Line _line;
    private readonly TimeProvider _time;
    private readonly Inlet _inlet;
    private readonly Outlet _outlet;
    private int _state;
    private ITimer? _patience;

    private Cable(HttpContext context, WebSocket socket, ClaimsPrincipal? user, TimeProvider time)
    {
        (HttpContext, _socket, User, _time) = (context, socket, user ?? Nobody, time);
        _line = context.Features.GetRequiredFeature<Line>();
        (_inlet, _outlet) = (new Inlet(this), new Outlet(this));
        Features = context.Features;    // Kestrel's heart beats for SignalR's pings too
        Features.Set<IHttpContextFeature>(this);
        Features.Set<IConnectionUserFeature>(this);
        Features.Set(this);
    }

    public override string ConnectionId { get; set; } = NewId();
    public override IFeatureCollection Features { get; }
    public override IDictionary<object, object?> Items { get => field ??= new Dictionary<object, object?>(); set; }
    public override IDuplexPipe Transport { get => this; set => throw new NotSupportedException(); }
    public override CancellationToken ConnectionClosed { get; set; }       // never: the end of what is received says it

    public HttpContext? HttpContext { get; set; }
    public ClaimsPrincipal? User { get; set; }

    /// <summary>For how long nothing has come from the other end.</summary>
    public TimeSpan Silence => _line.Silence;

    PipeReader IDuplexPipe.Input => _inlet;
    PipeWriter IDuplexPipe.Output => _outlet;

    public static string NewId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    /// <summary>Serves a WebSocket until either end has enough.</summary>
    public static RequestDelegate Serving(ConnectionDelegate serve, TimeProvider time) => async context =>
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        var user = context.Request.Headers.Cookie.Count > 0 ? (await context.AuthenticateAsync()).Principal : null;
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await using var cable = new Cable(context, socket, user, time);
        try
        {
            await serve(cable);
        }
        finally
        {
            _ = cable.HangUpAsync();
            await cable._inlet.DrainAsync();
        }
    };

    /// <summary>An acknowledgement waits for the event that it is about, which is on its way, and leaves together with it.</summary>
    public void HoldUntil(long seq) => Volatile.Write(ref _outlet.Until, seq);

    public void Handed(long seq) => Volatile.Write(ref _outlet.Handed, seq);

    public override void Abort(ConnectionAbortedException abortReason) => _socket.Abort();

    public override ValueTask DisposeAsync()
    {
        _patience?.Dispose();
        return base.DisposeAsync();
    }

    /// <summary>Says goodbye, after what is being said. The answer ends what is received; where none comes soon, this does.</summary>
    private async Task HangUpAsync()
    {
        var before = Interlocked.Exchange(ref _state, Closing);
        if (before == Closing) return;
        _patience = _time.CreateTimer(_ => _socket.Abort(), null, ClosePatience, Timeout.InfiniteTimeSpan);
        if (before == Idle) await SayGoodbyeAsync();
    }

    private async Task SayGoodbyeAsync()
    {
        try
        {
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception lost) when (IsLoss(lost))
        {
            // What is received ends too.
        }
    }

    /// <summary>The other end is gone, which is all there is to say.</summary>
    private static bool IsLoss(Exception problem) =>
        problem is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException;
}
