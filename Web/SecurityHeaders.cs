namespace RoomChat.Web;

public static class SecurityHeaders
{
    private const string Hardware = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), " +
        "midi=(), payment=(), usb=()";

    /// <summary>Pages run our own scripts and nothing else. Set when an answer begins, so that errors and files have them too.</summary>
    public static void UseSecurityHeaders(this IApplicationBuilder app)
    {
        var hosts = app.ApplicationServices.GetRequiredService<Hosts>();
        var importMap = new Lazy<string>(() => app.ApplicationServices.GetRequiredService<ImportMap>().Hash);    // routes are mapped later
        app.Use((context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                Guard(context, hosts.Know(context.Request.Host), importMap.Value);
                return Task.CompletedTask;
            });
            return next(context);
        });
    }

    private static void Guard(HttpContext context, bool isKnown, string importMap)
    {
        var (request, headers) = (context.Request, context.Response.Headers);
        // To Safari before 15.4, 'self' is not a WebSocket. A name that is not ours is not repeated.
        var socket = isKnown && request.Host.HasValue ? $" {(request.IsHttps ? "wss" : "ws")}://{request.Host}" : "";
        headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self' {importMap}; style-src 'self'; img-src 'self'; connect-src 'self'{socket}; form-action 'self'; " +
            "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";     // codes must not leak
        headers["Permissions-Policy"] = Hardware;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (request.IsHttps && request.Host.Host != "localhost") headers.StrictTransportSecurity = "max-age=31536000";
    }
}
