using System.Diagnostics.Metrics;
using System.Net;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Api;

public static class Metrics
{
    private const string RuntimeMeter = "System.Runtime";

    private static readonly string[]
        OtlpEndpoints = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"],
        ProxyHeaders = ["Forwarded", "Via", "X-Forwarded", "X-Original", "X-Real-IP"];

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
        var settings = app.Services.GetRequiredService<NetworkSettings>();
        if (!settings.Metrics) return;
        var networks = settings.WatchingNetworks;
        app.UseOpenTelemetryPrometheusScrapingEndpoint(context =>
            context.Request.Path == "/metrics" && (IsLocal(context) || IsFrom(networks, context)));
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

    /// <summary>A proxy of this machine brings strangers, and says so.</summary>
    private static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !context.Request.Headers.Keys.Any(IsOfProxy);

    private static bool IsOfProxy(string header) =>
        ProxyHeaders.Any(begin => header.StartsWith(begin, StringComparison.OrdinalIgnoreCase));

    private static bool IsFrom(IReadOnlyList<IPNetwork> networks, HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address
        && networks.Any(network => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));
}
