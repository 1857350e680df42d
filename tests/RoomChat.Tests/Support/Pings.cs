namespace RoomChat.Tests.Support;

internal static class Pings
{
    /// <summary>A lost peer is found in two seconds instead of fifteen.</summary>
    public static void Often(IServiceCollection services) => services.Configure<WebSocketOptions>(sockets =>
        (sockets.KeepAliveInterval, sockets.KeepAliveTimeout) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)));
}
