using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Hubs;

public static class HubSetup
{
    /// <summary>A peer that went without a word is found by WebSocket ping and pong, within the two together and half the time of a seat.</summary>
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(10), PongWithin = TimeSpan.FromSeconds(5), Shortest = TimeSpan.FromSeconds(1);

    /// <summary>SignalR's own timeout only has to be longer than hidden tabs' timers sleep, which is a minute.</summary>
    private static readonly TimeSpan ClientTimeout = TimeSpan.FromMinutes(2);

    /// <summary>SignalR tears connections down where they are when the server stops, so those that read get the time to be told.</summary>
    private static readonly TimeSpan FarewellPatience = TimeSpan.FromSeconds(1.5);

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
            sockets.KeepAliveInterval = Between(Shortest, seat / 3, PingEvery);
            sockets.KeepAliveTimeout = Between(Shortest, seat / 6, PongWithin);
        });
        services.AddSingleton<IHubProtocolResolver, Rationed.Resolver>();
        services.AddSingleton<Crowd>().AddSingleton<ChatConnections>().AddSingleton<Rehearsal>();
        services.AddSingleton<HubLifetimeManager<ChatHub>>(provider => provider.GetRequiredService<ChatConnections>());
        return services;
    }

    public static void MapChatHub(this WebApplication app)
    {
        var time = app.Services.GetRequiredService<TimeProvider>();
        var connections = app.Services.GetRequiredService<ChatConnections>();
        var chat = new ConnectionBuilder(app.Services).UseHub<ChatHub>().Build();
        var crowd = app.Services.GetRequiredService<Crowd>();
        // No endpoint, for what stands in front of those would be kept for as long as a connection lasts.
        app.MapWhen(context => context.Request.Path == "/hub", hub =>
        {
            hub.Use(crowd.Bounded);
            hub.UseWebSockets();
            hub.Run(Cable.Serving(chat, time));
        });
        // Of a poller or a stream that is gone, nothing tells in time: WebSockets are all there is to negotiate.
        app.MapPost("/hub/negotiate", () => TypedResults.Ok(new NegotiateAnswer(1, Cable.NewId(), Cable.NewId(), [new("WebSockets", ["Text"])])))
            .ExcludeFromDescription();

        app.Lifetime.ApplicationStarted.Register(() => Task.Run(app.Services.GetRequiredService<Rehearsal>().Play));

        // Callbacks run last in, first out: members are told before SignalR lets go of their connections.
        app.Lifetime.ApplicationStopping.Register(() =>
        {
            app.Services.GetRequiredService<Lobby>().Stop();
            connections.CloseAll();
            crowd.WaitForLast(FarewellPatience);
        });
    }

    private static TimeSpan Between(TimeSpan least, TimeSpan value, TimeSpan most) => value < least ? least : value > most ? most : value;
}
