using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace RoomChat.Web;

public static partial class TrustedProxies
{
    public static void UseTrustedProxies(this WebApplication app)
    {
        // Without a known proxy, the framework would trust every sender.
        if (app.Services.GetRequiredService<NetworkSettings>().TrustedNetworks.Count > 0) app.UseForwardedHeaders();
        else app.UseUntrustedProxyWarning();
    }

    internal static void Configure(ForwardedHeadersOptions options, NetworkSettings settings)
    {
        options.ForwardedHeaders =
            ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        options.ForwardLimit = null;    // any number of trusted proxies
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in settings.TrustedNetworks) options.KnownIPNetworks.Add(network);
    }

    private static void UseUntrustedProxyWarning(this WebApplication app)
    {
        var hasWarned = 0;
        app.Use((context, next) =>
        {
            if (context.Request.Headers.ContainsKey("X-Forwarded-For") && Interlocked.Exchange(ref hasWarned, 1) == 0)
                LogUntrustedProxy(app.Logger, context.Connection.RemoteIpAddress);
            return next(context);
        });
    }

    [LoggerMessage(LogLevel.Warning, "{Address} forwards requests, as a reverse proxy does, but none is trusted: " +
        "everybody behind it counts as one. If it is yours, name it in RoomChat:Proxies.")]
    private static partial void LogUntrustedProxy(ILogger logger, IPAddress? address);
}
