namespace RoomChat.Tests.Support;

/// <summary>The pings of WebSockets, which pass in real time.</summary>
internal static class Pings
{
    /// <summary>A lost peer is found in five seconds instead of fifteen; a busy machine is not taken for one.</summary>
    public static void Often(IServiceCollection services) => services.Configure<WebSocketOptions>(sockets =>
        (sockets.KeepAliveInterval, sockets.KeepAliveTimeout) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4)));

    /// <summary>A client that does not read, and so answers no ping, stays connected.</summary>
    public static void Never(IServiceCollection services) => services.Configure<WebSocketOptions>(sockets =>
        sockets.KeepAliveInterval = Timeout.InfiniteTimeSpan);
}
