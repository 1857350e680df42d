namespace RoomChat.Web;

/// <summary>Pages run our own scripts and nothing else. Set when an answer begins, so that errors and files have them too.</summary>
internal sealed class SecurityHeaders(Hosts hosts, ImportMap importMap)
{
    private const string Hardware = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), " +
        "midi=(), payment=(), usb=()";

    public Task Guard(object context)
    {
        var (request, response) = (((HttpContext)context).Request, ((HttpContext)context).Response);
        if (response.StatusCode == StatusCodes.Status101SwitchingProtocols) return Task.CompletedTask;     // it shows nothing and is kept

        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy(request);
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";     // codes must not leak
        headers["Permissions-Policy"] = Hardware;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (request.IsHttps && request.Host.Host != "localhost") headers.StrictTransportSecurity = "max-age=31536000";
        return Task.CompletedTask;
    }

    private string Policy(HttpRequest request)
    {
        // To Safari before 15.4, 'self' is not a WebSocket. A name that is not ours is not repeated.
        var socket = hosts.Know(request.Host) && request.Host.HasValue ? $" {(request.IsHttps ? "wss" : "ws")}://{request.Host}" : "";
        return $"default-src 'none'; script-src 'self' {importMap.Hash}; style-src 'self'; img-src 'self'; connect-src 'self'{socket}; form-action 'self'; " +
            "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
    }
}
