using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace RoomChat.Web;

internal static class Problems
{
    public const string ContentType = "application/problem+json";

    /// <summary>Problem details (RFC 9457) for programs, pages for people.</summary>
    public static bool AreExpectedBy(HttpContext context) => context.Request.Path.StartsWithSegments("/api");

    public static ProblemHttpResult Create(int status, string code, string detail, TimeSpan? retryAfter = null)
    {
        Dictionary<string, object?> extensions = new() { ["code"] = code };
        if (retryAfter is { } wait) extensions["retryAfterMs"] = (long)wait.TotalMilliseconds;
        return TypedResults.Problem(detail, null, status, ReasonPhrases.GetReasonPhrase(status), null, extensions);
    }

    public static Task WriteAsync(HttpContext context, int status, string code, string detail)
    {
        if (AreExpectedBy(context)) return Create(status, code, detail).ExecuteAsync(context);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain";
        return context.Response.WriteAsync(detail);
    }
}
