using System.Reflection;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Api;

public static class Health
{
    public static string Version { get; } =
        typeof(Health).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public static void MapHealth(this WebApplication app)
    {
        var time = app.Services.GetRequiredService<TimeProvider>();
        var startedAt = time.GetTimestamp();
        app.MapGet("/health", (Lobby lobby, ConnectionLimiter connections) =>
            {
                var uptime = (long)time.GetElapsedTime(startedAt).TotalSeconds;
                return TypedResults.Ok(
                    new HealthAnswer(lobby.Rooms, lobby.Members, connections.Count, uptime, Version));
            })
            .WithSummary("Counts rooms, members and connections; 503 while the server is stopping.")
            .Produces(StatusCodes.Status503ServiceUnavailable);
    }
}
