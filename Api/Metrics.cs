using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Api;

public static class Metrics
{
    private const string RuntimeMeter = "System.Runtime";

    private static readonly string[] OtlpEndpoints =
        ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];

    public static void AddMetrics(this WebApplicationBuilder builder)
    {
        if (!builder.Configuration.GetValue<bool>("RoomChat:Metrics")) return;
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.Clear()
                .AddService("roomchat", serviceVersion: Health.Version).AddEnvironmentVariableDetector())
            .WithMetrics(metrics => metrics.AddMeter(nameof(RoomChat), RuntimeMeter).AddPrometheusExporter());
        if (OtlpEndpoints.Any(name => !string.IsNullOrEmpty(builder.Configuration[name]))) telemetry.UseOtlpExporter();
    }

    public static void PublishMetrics(this WebApplication app)
    {
        CreateInstruments(app.Services);
        if (!app.Services.GetRequiredService<NetworkSettings>().Metrics) return;
        var watchers = app.Services.GetRequiredService<Watchers>();
        app.UseOpenTelemetryPrometheusScrapingEndpoint(
            context => context.Request.Path == "/metrics" && watchers.Include(context));
    }

    private static void CreateInstruments(IServiceProvider services)
    {
        var lobby = services.GetRequiredService<Lobby>();
        var connections = services.GetRequiredService<ConnectionLimiter>();
        var meter = services.GetRequiredService<IMeterFactory>().Create(nameof(RoomChat));

        meter.CreateObservableGauge("roomchat.rooms", () => lobby.Rooms, "{room}", "Open rooms.");
        meter.CreateObservableGauge("roomchat.members", () => lobby.Members, "{member}", "Members of all rooms.");
        meter.CreateObservableGauge(
            "roomchat.connections", () => connections.Count, "{connection}", "Connections to the hub.");
        meter.CreateObservableGauge(
            "roomchat.transcripts", () => lobby.Bytes, "By", "What all rooms keep.");
        meter.CreateObservableCounter(
            "roomchat.messages", () => lobby.Messages, "{message}", "Messages sent.");
        meter.CreateObservableCounter(
            "roomchat.deliveries", () => lobby.Deliveries, "{event}", "Events delivered to members.");
    }
}
