using Microsoft.Net.Http.Headers;

namespace RoomChat.Web;

public static class Strangers
{
    private const string StrangeHost = "This server does not go by that name. Whoever runs it can add the name to RoomChat:Hosts.";
    private const string StrangeOrigin = "This came from a page of another site. If it is this server's own, a proxy hides its address: see RoomChat:Proxies.";

    /// <summary>Names that are not ours, and whatever pages of other sites ask for.</summary>
    public static void RefuseStrangers(this WebApplication app)
    {
        var hosts = app.Services.GetRequiredService<Hosts>();
        app.Use((context, next) =>
            !hosts.Know(context.Request.Host) ? RefuseAsync(context, StatusCodes.Status400BadRequest, "unknown-host", StrangeHost)
            : !IsOurs(context.Request) ? RefuseAsync(context, StatusCodes.Status403Forbidden, "foreign-origin", StrangeOrigin)
            : next(context));
    }

    /// <summary>Browsers say which page asks wherever that matters; programs do not say it.</summary>
    private static bool IsOurs(HttpRequest request) =>
        !request.Headers.TryGetValue(HeaderNames.Origin, out var shown)
        || (Uri.TryCreate(shown, UriKind.Absolute, out var origin)
            && Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var own)
            && Uri.Compare(origin, own, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0);

    private static Task RefuseAsync(HttpContext context, int status, string code, string sentence)
    {
        if (Problem.IsWanted(context)) return Problem.WriteAsync(context, status, code, sentence);
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(sentence);
    }
}
