using System.Diagnostics.Metrics;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Api;

public static class Metrics
{
    public static void PublishMetrics(this WebApplication app)
    {
        var lobby = app.Services.GetRequiredService<Lobby>();
        var connections = app.Services.GetRequiredService<ConnectionLimiter>();
        var meters = app.Services.GetRequiredService<IMeterFactory>();
        var meter = meters.Create(new MeterOptions(nameof(RoomChat)) { Version = Health.Version });

        meter.CreateObservableGauge("roomchat.rooms", () => lobby.Rooms, "{room}", "Open rooms.");
        meter.CreateObservableGauge("roomchat.members", () => lobby.Members, "{member}", "Members of all rooms.");
        meter.CreateObservableGauge(
            "roomchat.connections", () => connections.Count, "{connection}", "Connections to the hub.");
        meter.CreateObservableCounter(
            "roomchat.messages", () => lobby.Messages, "{message}", "Messages sent.");
        meter.CreateObservableCounter(
            "roomchat.deliveries", () => lobby.Deliveries, "{event}", "Events delivered to members.");
    }
}
