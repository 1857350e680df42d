using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Api;

public static class ApiSetup
{
    public static IServiceCollection AddRoomsApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            Wire.Configure(json.SerializerOptions);
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.AllowDuplicateProperties = false;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = false);    // also while developing
        services.AddOpenApi(Document.Configure);
        return services;
    }

    public static void MapRoomsApi(this WebApplication app)
    {
        app.UseProblems();
        app.MapGroup("/api/rooms")
            .WithMetadata(new RequestSizeLimitAttribute(Wire.MaxBytes(app.Services.GetRequiredService<Limits>())))
            .Refuses(Reason.BadRequest, Reason.Stopping)
            .MapRooms();
        app.MapOpenApi();
    }
}
