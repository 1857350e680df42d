using RoomChat.Rooms;

namespace RoomChat.Web;

/// <summary>
/// The sockets of a proxy serve everybody behind it. So its requests in progress are counted, by the client it names:
/// bodies that never arrive would let one client take all sockets.
/// </summary>
internal static class ProxiedRequestLimiter
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    public static void UseProxiedRequestLimiter(this WebApplication app)
    {
        var limits = app.Services.GetRequiredService<Limits>();
        var inProgress = new NetworkCounter(SocketLimiter.SocketsPerConnection * limits.ConnectionsPerAddress);
        app.Use(next => async context =>
        {
            if (context.Features.Get<LimitedSocket>() is not { IsOfProxy: true })
            {
                await next(context);
                return;
            }
            var client = ClientNetwork.Of(context);
            bool isAdded;
            lock (inProgress) isAdded = inProgress.TryAdd(client);
            if (!isAdded)
            {
                context.Refuse(new Refusal(Reason.RateLimited, RetryAfter));
                return;
            }
            try
            {
                await next(context);
            }
            finally
            {
                lock (inProgress) inProgress.Remove(client);
            }
        });
    }
}
