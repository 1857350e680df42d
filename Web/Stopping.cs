using RoomChat.Rooms;

namespace RoomChat.Web;

public static class Stopping
{
    /// <summary>Once the server stops, every new request is refused at once, negotiations and health checks among them.</summary>
    public static void RefuseWhenStopping(this WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        app.Use((context, next) =>
        {
            if (!stopping.IsCancellationRequested) return next(context);
            context.Response.Headers.Connection = "close";
            if (Problem.IsWanted(context)) return new Problem(Reason.Stopping).ExecuteAsync(context);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        });
    }
}
