using System.Net;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using RoomChat.Rooms;

namespace RoomChat.Web;

public sealed class ConnectionLimiter(Limits limits)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly NetworkCounter _byNetwork = new(limits.ConnectionsPerAddress);
    private readonly TaskCompletionSource _empty = new();
    private int _count;
    private bool _isStopping;

    public int Count => Volatile.Read(ref _count);

    public Refusal? TryAdd(IPAddress client)
    {
        lock (_gate)
        {
            if (!_byNetwork.TryAdd(client)) return new Refusal(Reason.RateLimited, RetryAfter);
            if (limits.Connections > 0 && _count >= limits.Connections)
            {
                _byNetwork.Remove(client);
                return new Refusal(Reason.ServerFull, RetryAfter);
            }
            _count++;
            return null;
        }
    }

    public void Remove(IPAddress client)
    {
        lock (_gate)
        {
            _byNetwork.Remove(client);
            if (--_count == 0 && _isStopping) _empty.TrySetResult();
        }
    }

    /// <summary>Until a connection's request has ended, its last message may still be unsent.</summary>
    public void WaitUntilEmpty(TimeSpan timeout)
    {
        lock (_gate)
        {
            _isStopping = true;
            if (_count == 0) return;
        }
        _empty.Task.Wait(timeout);
    }
}

public static class ConnectionLimiting
{
    public static void UseConnectionLimiter(this IApplicationBuilder app)
    {
        var limiter = app.ApplicationServices.GetRequiredService<ConnectionLimiter>();
        app.Use(next => async context =>
        {
            var client = ClientNetwork.Of(context);
            if (limiter.TryAdd(client) is { } refusal)
            {
                context.Refuse(refusal);
                return;
            }
            try
            {
                await next(context);
            }
            finally
            {
                if (context.IsUpgraded()) RemoveWithConnection(context, limiter, client);
                else limiter.Remove(client);
            }
        });
    }

    /// <summary>Its connection outlives the request.</summary>
    internal static bool IsUpgraded(this HttpContext context) =>
        context.Response.StatusCode == StatusCodes.Status101SwitchingProtocols;

    private static void RemoveWithConnection(HttpContext context, ConnectionLimiter limiter, IPAddress client) =>
        context.Features.GetRequiredFeature<IConnectionCompleteFeature>().OnCompleted(
            static state =>
            {
                var (limiter, client) = ((ConnectionLimiter, IPAddress))state;
                limiter.Remove(client);
                return Task.CompletedTask;
            }, (limiter, client));
}
