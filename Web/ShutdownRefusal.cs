using RoomChat.Rooms;

namespace RoomChat.Web;

internal static class ShutdownRefusal
{
    /// <summary>Members have been told by then; open connections are not waited for any longer.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>Refuses new requests at once, negotiation and health checks included.</summary>
    public static void UseShutdownRefusal(this WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        Refusal refusal = Reason.Stopping;
        app.Use((context, next) =>
        {
            if (!stopping.IsCancellationRequested) return next(context);
            context.Response.Headers.Connection = "close";
            return Problems.WriteAsync(context, refusal.StatusCode(), refusal.Code, refusal.Message);
        });
    }
}
