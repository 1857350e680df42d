using RoomChat.Hubs;
using RoomChat.Rooms;

namespace RoomChat.Web;

public static class Health
{
    /// <summary>For whoever watches the server: well while it serves.</summary>
    public static void MapHealth(this WebApplication app) =>
        app.MapGet("/health", (Lobby lobby, ChatConnections connections) =>
            TypedResults.Ok(new Counts(lobby.Rooms, lobby.Members, connections.Count)));

    private sealed record Counts(int Rooms, int Members, int Connections);
}
