using System.Reflection;
using RoomChat.Hubs;
using RoomChat.Rooms;

namespace RoomChat.Web;

public static class Health
{
    /// <summary>As the build wrote it down.</summary>
    public static string Version { get; } =
        typeof(Health).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>For whoever watches the server: well while it serves.</summary>
    public static void MapHealth(this WebApplication app)
    {
        var time = app.Services.GetRequiredService<TimeProvider>();
        var started = time.GetTimestamp();
        long Uptime() => (long)time.GetElapsedTime(started).TotalSeconds;
        app.MapGet("/health", (Lobby lobby, ChatConnections connections) =>
                TypedResults.Ok(new Counts(lobby.Rooms, lobby.Members, connections.Count, Uptime(), Version)))
            .WithSummary("Says how many there are, while the server serves.").Produces(StatusCodes.Status503ServiceUnavailable);
    }

    /// <param name="Uptime">In seconds.</param>
    private sealed record Counts(int Rooms, int Members, int Connections, long Uptime, string Version);
}
