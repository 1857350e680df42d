using System.Diagnostics.CodeAnalysis;

namespace RoomChat.Web;

public interface IInlineScript
{
    string Hash { get; }
}

/// <summary>Set when a response starts, so that errors and files have them too.</summary>
public sealed class SecurityHeaders(
    KnownHosts hosts, IEnumerable<IInlineScript> inlineScripts, NetworkSettings network)
{
    private const string DisabledFeatures =
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), " +
        "microphone=(), midi=(), payment=(), usb=()";

    private readonly string _ancestors = network.EmbeddingOrigins is { Count: > 0 } origins
        ? string.Join(' ', origins)
        : "'none'";

    internal Task SetAsync(object state)
    {
        var context = (HttpContext)state;
        var (request, response) = (context.Request, context.Response);
        // A WebSocket would keep its headers in memory for its lifetime.
        if (response.StatusCode == StatusCodes.Status101SwitchingProtocols) return Task.CompletedTask;

        var headers = response.Headers;
        headers.ContentSecurityPolicy = GetPolicy(request);
        headers.XContentTypeOptions = "nosniff";
        if (IsTextWithoutCharset(response.ContentType)) response.ContentType += "; charset=utf-8";
        headers["Referrer-Policy"] = "same-origin";     // URLs contain room codes
        headers["Permissions-Policy"] = DisabledFeatures;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (request.Path != "/") headers["X-Robots-Tag"] = "noindex";
        if (IsPageOfAccount(context)) headers.CacheControl = "no-store";
        if (request.IsHttps && request.Host.Host != "localhost") headers.StrictTransportSecurity = "max-age=31536000";
        return Task.CompletedTask;
    }

    private static bool IsTextWithoutCharset([NotNullWhen(true)] string? type) =>
        type is not null
        && (type.StartsWith("text/", StringComparison.Ordinal) || type.EndsWith("+xml", StringComparison.Ordinal))
        && !type.Contains("charset", StringComparison.Ordinal);

    private static bool IsPageOfAccount(HttpContext context) =>
        context.User.Identity?.IsAuthenticated == true
        && context.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true;

    private string GetPolicy(HttpRequest request)
    {
        // Before Safari 15.4, 'self' does not include WebSockets. Unknown hosts are not echoed.
        var isNamed = request.Host.HasValue && hosts.Contains(request.Host);
        var socket = isNamed ? $" {(request.IsHttps ? "wss" : "ws")}://{request.Host}" : "";
        var scripts = string.Concat(inlineScripts.Select(script => $" {script.Hash}"));
        return $"default-src 'none'; script-src 'self'{scripts}; style-src 'self'; img-src 'self'; " +
            $"connect-src 'self'{socket}; manifest-src 'self'; worker-src 'self'; form-action 'self'; " +
            $"base-uri 'none'; frame-ancestors {_ancestors}; require-trusted-types-for 'script'; trusted-types worker";
    }
}

public static class SecurityHeadersMiddleware
{
    public static void UseSecurityHeaders(this IApplicationBuilder app)
    {
        var headers = app.ApplicationServices.GetRequiredService<SecurityHeaders>();
        app.Use((context, next) =>
        {
            context.Response.OnStarting(headers.SetAsync, context);
            return next(context);
        });
    }
}
