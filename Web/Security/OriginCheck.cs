using Microsoft.Net.Http.Headers;

namespace RoomChat.Web;

public static class OriginCheck
{
    private const string ForeignOrigin =
        "This came from a page of another site. If it is this server's own, a proxy hides its address: " +
        "see RoomChat:Proxies.";

    /// <summary>Refuses requests from pages of other sites, WebSockets included.</summary>
    public static void UseOriginCheck(this IApplicationBuilder app) => app.Use((context, next) =>
        IsSameOrigin(context.Request)
            ? next(context)
            : Problems.WriteAsync(context, StatusCodes.Status403Forbidden, "foreign-origin", ForeignOrigin));

    /// <summary>Browsers send it wherever it matters; programs do not.</summary>
    private static bool IsSameOrigin(HttpRequest request) =>
        !request.Headers.TryGetValue(HeaderNames.Origin, out var sent)
        || (Uri.TryCreate(sent, UriKind.Absolute, out var origin)
            && Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var own)
            && Uri.Compare(
                origin, own, UriComponents.SchemeAndServer, UriFormat.UriEscaped,
                StringComparison.OrdinalIgnoreCase) == 0);
}
