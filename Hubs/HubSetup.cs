using Microsoft.AspNetCore.SignalR;
using RoomChat.Rooms;

namespace RoomChat.Hubs;

public static class HubSetup
{
    /// <summary>A peer that went without a word is found by WebSocket ping and pong, within the two together.</summary>
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(10), PongWithin = TimeSpan.FromSeconds(5);

    /// <summary>SignalR's own timeout only has to be longer than hidden tabs' timers sleep, which is a minute.</summary>
    private static readonly TimeSpan ClientTimeout = TimeSpan.FromMinutes(2);

    public static IServiceCollection AddChatHub(this IServiceCollection services)
    {
        services.AddSignalR().AddJsonProtocol(json => Wire.Configure(json.PayloadSerializerOptions));
        services.AddOptions<HubOptions<ChatHub>>().Configure<Limits>((hub, limits) =>
        {
            hub.MaximumReceiveMessageSize = MaxFrame(limits);
            hub.ClientTimeoutInterval = ClientTimeout;
        });
        services.Configure<WebSocketOptions>(sockets => (sockets.KeepAliveInterval, sockets.KeepAliveTimeout) = (PingEvery, PongWithin));
        services.AddSingleton<ChatConnections>();
        services.AddSingleton<HubLifetimeManager<ChatHub>>(provider => provider.GetRequiredService<ChatConnections>());
        return services;
    }

    public static void MapChatHub(this WebApplication app)
    {
        var connections = app.Services.GetRequiredService<ChatConnections>();
        app.MapHub<ChatHub>("/hub", transport =>
        {
            transport.WebSockets.CloseTimeout = TimeSpan.FromSeconds(1);
            transport.TransportSendTimeout = TimeSpan.FromHours(1); // rooms let go of slow members themselves
        }).Add(endpoint => endpoint.RequestDelegate = connections.Counted(endpoint.RequestDelegate!));

        // Callbacks run last in, first out: members are told before SignalR lets go of their connections.
        app.Lifetime.ApplicationStopping.Register(() =>
        {
            app.Services.GetRequiredService<Lobby>().Stop();
            connections.CloseAll();
        });
    }

    /// <summary>The longest text with every character escaped, and the rest of the record.</summary>
    private static int MaxFrame(Limits limits) => Math.Max(32 << 10, 12 * limits.MessageLength + 1024);
}
