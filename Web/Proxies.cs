namespace RoomChat.Web;

public static partial class Proxies
{
    /// <summary>Who asks, by which name and over which scheme, is taken from a trusted proxy and from nobody else.</summary>
    public static void UseProxies(this WebApplication app)
    {
        // Where no proxy is known, the framework would believe everybody.
        if (app.Services.GetRequiredService<NetworkSettings>().TrustedNetworks.Count > 0) app.UseForwardedHeaders();
        else app.UseWarning();
    }

    private static void UseWarning(this WebApplication app)
    {
        var warned = 0;
        app.Use((context, next) =>
        {
            if (context.Request.Headers.ContainsKey("X-Forwarded-For") && Interlocked.Exchange(ref warned, 1) == 0)
                ProxyIsNotTrusted(app.Logger, context.Connection.RemoteIpAddress);
            return next(context);
        });
    }

    [LoggerMessage(LogLevel.Warning, "{Address} forwards requests, as a reverse proxy does, but none is trusted: " +
        "everybody behind it counts as one. If it is yours, name it in RoomChat:Proxies.")]
    private static partial void ProxyIsNotTrusted(ILogger logger, System.Net.IPAddress? address);
}
