using Microsoft.Net.Http.Headers;

namespace RoomChat.Web;

/// <summary>What is refused of every request, WebSockets included, whatever it asks for.</summary>
public static class RequestChecks
{
    public static void UseRequestChecks(this IApplicationBuilder app)
    {
        var hosts = app.ApplicationServices.GetRequiredService<KnownHosts>();
        var refusals = app.ApplicationServices.GetRequiredService<RefusalReporter>();
        app.Use((context, next) =>
        {
            if (WhyNot(context.Request, hosts) is not var (status, code, detail)) return next(context);
            refusals.ReportBlocked(ClientNetwork.Of(context), code);
            return Problems.WriteAsync(context, status, code, detail);
        });
    }

    private static (int Status, string Code, string Detail)? WhyNot(HttpRequest request, KnownHosts hosts) =>
        !hosts.Contains(request.Host)
            ? (StatusCodes.Status400BadRequest, "unknown-host",
                "This server does not answer to that host name. Its operator can add it to RoomChat:Hosts.")
        : !IsSameOrigin(request)
            ? (StatusCodes.Status403Forbidden, "foreign-origin",
                "This came from a page of another site. If it is this server's own, a proxy hides its address: " +
                "see RoomChat:Proxies.")
        : HttpMethods.IsTrace(request.Method)       // which pages would answer as if it were GET
            ? (StatusCodes.Status405MethodNotAllowed, "method-not-allowed", "TRACE is not allowed.")
        : null;

    /// <summary>Browsers send it wherever it matters; programs do not.</summary>
    private static bool IsSameOrigin(HttpRequest request) =>
        !request.Headers.TryGetValue(HeaderNames.Origin, out var sent)
        || (Uri.TryCreate(sent, UriKind.Absolute, out var origin)
            && Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var own)
            && Uri.Compare(
                origin, own, UriComponents.SchemeAndServer, UriFormat.UriEscaped,
                StringComparison.OrdinalIgnoreCase) == 0);
}
