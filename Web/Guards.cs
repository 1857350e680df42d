using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using RoomChat.Rooms;
using RoomChat.Start;

namespace RoomChat.Web;

/// <summary>What every request must pass before anything of ours looks at it.</summary>
public static class Guards
{
    public static void AddGuards(this WebApplicationBuilder builder)
    {
        builder.Services.AddSettings<NetworkSettings>(nameof(RoomChat));
        builder.Services.AddSingleton<IValidateOptions<NetworkSettings>, NetworkSettings>();
        builder.Services.AddSingleton<Hosts>().AddSingleton<Doorkeeper>().AddSingleton<Refusals>().AddSingleton<SecurityHeaders>();
        builder.Services.AddOptions<ForwardedHeadersOptions>().Configure<NetworkSettings>((forwarded, settings) =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            forwarded.ForwardLimit = null;      // as many as are trusted
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in settings.TrustedNetworks) forwarded.KnownIPNetworks.Add(network);
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel.Connections", LogLevel.Error);  // a line for each that is too many
        builder.Services.AddOptions<KestrelServerOptions>().Configure<Limits>(Bound);
    }

    public static void UseGuards(this WebApplication app)
    {
        app.UseProxies();
        app.UseSecurityHeaders();
        app.RefuseStrangers();
    }

    private static void UseSecurityHeaders(this WebApplication app)
    {
        var headers = app.Services.GetRequiredService<SecurityHeaders>();
        app.Use((context, next) =>
        {
            context.Response.OnStarting(headers.Guard, context);
            return next(context);
        });
    }

    /// <summary>What one connection may take, in bytes and in time, before it has said anything worth it.</summary>
    private static void Bound(KestrelServerOptions kestrel, Limits limits)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = limits.Connections > 0 ? limits.Connections : null;
        kestrel.Limits.MaxRequestLineSize = 4 << 10;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
        kestrel.Limits.MaxRequestBodySize = Wire.MaxBytes(limits);
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(15);
    }
}
