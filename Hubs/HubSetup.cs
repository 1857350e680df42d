using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using RoomChat.Rooms;
using RoomChat.Transport;
using RoomChat.Web;

namespace RoomChat.Hubs;

public static class HubSetup
{
    /// <summary>WebSocket pings detect a lost peer within half of SeatSeconds.</summary>
    private static readonly TimeSpan LongestPingInterval = TimeSpan.FromSeconds(9);
    private static readonly TimeSpan LongestPongTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>Timers of hidden tabs fire once a minute; the pings above detect lost peers sooner.</summary>
    private static readonly TimeSpan ClientTimeout = TimeSpan.FromMinutes(2);

    public static IServiceCollection AddChatHub(this IServiceCollection services)
    {
        services.AddSignalR().AddJsonProtocol(json => Wire.Configure(json.PayloadSerializerOptions));
        services.AddOptions<HubOptions<ChatHub>>().Configure<Limits>((hub, limits) =>
        {
            hub.MaximumReceiveMessageSize = Wire.MaxBytes(limits);
            hub.ClientTimeoutInterval = ClientTimeout;
        });
        services.AddOptions<WebSocketOptions>().Configure<Limits>((sockets, limits) =>
        {
            var seat = TimeSpan.FromSeconds(limits.SeatSeconds);
            sockets.KeepAliveInterval = Clamp(seat * 0.3, Shortest, LongestPingInterval);
            sockets.KeepAliveTimeout = Clamp(seat / 6, Shortest, LongestPongTimeout);
        });
        services.AddSingleton<IHubProtocolResolver, RateLimitedHubProtocol.Resolver>();
        services.AddSingleton<ChatLifetimeManager>();
        services.AddSingleton<HubLifetimeManager<ChatHub>>(
            provider => provider.GetRequiredService<ChatLifetimeManager>());
        services.AddHostedService<HubShutdown>().AddHostedService<WarmUp>();
        return services;
    }

    public static bool IsChatHub(HttpContext context) => context.Request.Path == ChatHub.Path;

    /// <summary>Not an endpoint: the closures of its middleware would stay in memory with each connection.</summary>
    public static void RunChatHub(this IApplicationBuilder app)
    {
        var services = app.ApplicationServices;
        var hub = new ConnectionBuilder(services).UseHub<ChatHub>().Build();
        app.Run(
            WebSocketConnection.Accept(
                hub, services.GetRequiredService<IOptions<WebSocketOptions>>().Value,
                services.GetRequiredService<TimeProvider>()));
    }

    public static void MapHubNegotiation(this WebApplication app) => app.MapNegotiation(ChatHub.Path);

    private static TimeSpan Clamp(TimeSpan value, TimeSpan min, TimeSpan max) =>
        TimeSpan.FromTicks(Math.Clamp(value.Ticks, min.Ticks, max.Ticks));
}
