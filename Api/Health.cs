using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
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
        app.MapGet("/health", Report)
            .WithSummary("Counts rooms, members and connections, for those who watch; 503 while stopping.")
            .Produces(StatusCodes.Status503ServiceUnavailable);
        app.MapGet("/health/ready", ReportIfReady)
            .WithSummary("As /health; also 503 while what the servers share cannot be reached.")
            .Refuses(Reason.Unavailable);

        Ok<HealthAnswer> Report(
            HttpContext context, Watchers watchers, Lobby lobby, ConnectionLimiter connections)
        {
            var uptime = (long)time.GetElapsedTime(startedAt).TotalSeconds;
            return TypedResults.Ok(
                watchers.Include(context)
                    ? new HealthAnswer(lobby.Rooms, lobby.Members, connections.Count, uptime, Version)
                    : HealthAnswer.ForStrangers(uptime));
        }

        // Not shown in the terminal: a balancer asks every second.
        Results<Ok<HealthAnswer>, ProblemHttpResult> ReportIfReady(
            HttpContext context, Watchers watchers, Lobby lobby, ConnectionLimiter connections) =>
            lobby.IsReady
                ? Report(context, watchers, lobby, connections)
                : Problems.Create(
                    Refusal.Unavailable.StatusCode(), Refusal.Unavailable.Code, Refusal.Unavailable.Message);
    }
}
