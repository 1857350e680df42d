using System.Buffers;
using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace RoomChat.Web;

public static partial class TrustedProxies
{
    private const string ForwardedHost = "X-Forwarded-Host";

    private static readonly string[] Headers = ["X-Forwarded-For", "X-Forwarded-Proto", ForwardedHost];

    private static readonly SearchValues<char> HostCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.:[]");

    public static void UseTrustedProxies(this IApplicationBuilder app)
    {
        // Without a known proxy, the framework would trust every sender.
        if (app.ApplicationServices.GetRequiredService<NetworkSettings>().TrustedNetworks.Count > 0)
        {
            app.UseUnquotedHeaders();
            app.UseWritableHosts();
            app.UseForwardedHeaders();
        }
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

    /// <summary>
    /// Behind a quote that the client has opened, what the proxy appends would be part of the client's claim, which
    /// is none, and the client would count as the proxy.
    /// </summary>
    private static void UseUnquotedHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var headers = context.Request.Headers;
        foreach (var name in Headers)
            if (headers.TryGetValue(name, out var values) && values.Any(value => value!.Contains('"')))
                headers[name] = Array.ConvertAll(
                    values.ToArray(), value => value!.Replace("\"", "", StringComparison.Ordinal));
        return next(context);
    });

    /// <summary>The framework throws on others.</summary>
    private static void UseWritableHosts(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var headers = context.Request.Headers;
        if (headers.TryGetValue(ForwardedHost, out var hosts)
            && hosts.ToString().Split(',', StringSplitOptions.TrimEntries).Append(headers.Host.ToString())
                .Any(IsUnwritable)) headers.Remove(ForwardedHost);
        return next(context);

        static bool IsUnwritable(string host)
        {
            try
            {
                return host.AsSpan().ContainsAnyExcept(HostCharacters) && new HostString(host).ToUriComponent() is null;
            }
            catch (ArgumentException)
            {
                return true;
            }
        }
    });

    private static void UseUntrustedProxyWarning(this IApplicationBuilder app)
    {
        var logger = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(TrustedProxies));
        var hasWarned = 0;
        app.Use((context, next) =>
        {
            if (context.Request.Headers.ContainsKey("X-Forwarded-For") && Interlocked.Exchange(ref hasWarned, 1) == 0)
                LogUntrustedProxy(logger, context.Connection.RemoteIpAddress);
            return next(context);
        });
    }

    [LoggerMessage(LogLevel.Warning, "{Address} forwards requests, as a reverse proxy does, but none is trusted: " +
        "everybody behind it counts as one. If it is yours, name it in RoomChat:Proxies.")]
    private static partial void LogUntrustedProxy(ILogger logger, IPAddress? address);
}
