using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using RoomChat.Rooms;

namespace RoomChat.Web;

public static class WebSetup
{
    public static IServiceCollection AddWeb(this IServiceCollection services)
    {
        services.AddSingleton<KnownHosts>().AddSingleton<SecurityHeaders>().AddSingleton<PasswordHashing>();
        services.AddSingleton<RateLimitedLobby>().AddSingleton<ConnectionLimiter>().AddSingleton<SocketLimiter>();
        services.AddSingleton<RefusalReporter>().AddSingleton<Watchers>();
        services.AddSingleton<NetworkAddress>().AddHostedService<AddressAnnouncer>();
        services.AddHostedService<IdleGarbageCollector>();
        services.AddOptions<ForwardedHeadersOptions>().Configure<NetworkSettings>(TrustedProxies.Configure);
        services.AddOptions<KestrelServerOptions>().Configure<Limits>(LimitRequests);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownRefusal.Timeout);
        return services;
    }

    private static void LimitRequests(KestrelServerOptions kestrel, Limits limits)
    {
        kestrel.AddServerHeader = false;
        kestrel.ConfigureHttpsDefaults(https => https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13);
        kestrel.Limits.MaxRequestLineSize = 4 << 10;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
        kestrel.Limits.MaxRequestBodySize = Wire.MaxBytes(limits);
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(15);
    }
}
