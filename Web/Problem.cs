using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using RoomChat.Rooms;

namespace RoomChat.Web;

/// <summary>Problem details (RFC 9457): what kind of answer it is, the sentence for a person, and the code for a program.</summary>
public sealed record ProblemAnswer(string Title, int Status, string Detail, string Code, long? RetryAfterMs = null);

/// <summary>A refusal by HTTP.</summary>
internal sealed class Problem(Refusal why, string? name = null, int? status = null, string? room = null) : IResult
{
    public const string ContentType = "application/problem+json";

    /// <summary>Programs are answered with problems, people with pages.</summary>
    public static bool IsWanted(HttpContext context) => context.Request.Path.StartsWithSegments("/api");

    public static int StatusOf(Reason reason) => reason switch
    {
        Reason.NameInvalid or Reason.TextEmpty or Reason.TextTooLong or Reason.TextInvalid or Reason.BadRequest or Reason.PasswordInvalid
            => StatusCodes.Status400BadRequest,
        Reason.NotInRoom or Reason.NotSignedIn or Reason.SignInFailed => StatusCodes.Status401Unauthorized,
        Reason.RoomNotFound or Reason.AccountNotFound => StatusCodes.Status404NotFound,
        Reason.RoomFull or Reason.NameTaken or Reason.NameReserved => StatusCodes.Status409Conflict,
        Reason.RateLimited => StatusCodes.Status429TooManyRequests,
        Reason.ServerFull or Reason.Stopping => StatusCodes.Status503ServiceUnavailable,
    };

    /// <summary>For the header Retry-After.</summary>
    public static string? Seconds(Refusal why) => why.RetryAfter is { } wait ? Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>What nobody expected, without a word of what it was.</summary>
    public static Task WriteSurpriseAsync(HttpContext context) =>
        WriteAsync(context, StatusCodes.Status500InternalServerError, "server-error",
            "Something broke. That is the server's fault, not yours. Try again?");

    public Task ExecuteAsync(HttpContext context)
    {
        var code = status ?? StatusOf(why.Reason);
        if (why.Reason != Reason.Stopping) Publish(context);    // in the end everybody is refused
        if (code == StatusCodes.Status401Unauthorized) context.Response.Headers.WWWAuthenticate = "Bearer";
        context.Response.Headers.RetryAfter = Seconds(why);
        return WriteAsync(context, code, why.Code, why.Message, (long?)why.RetryAfter?.TotalMilliseconds);
    }

    private void Publish(HttpContext context) => context.RequestServices.GetRequiredService<Refusals>()
        .Show(Network.Of(context), why, room ?? (string?)context.GetRouteValue("code"), name);

    public static Task WriteAsync(HttpContext context, int status, string code, string sentence, long? retryAfterMs = null) =>
        Results.Json(
            new ProblemAnswer(ReasonPhrases.GetReasonPhrase(status), status, sentence, code, retryAfterMs),
            contentType: ContentType, statusCode: status).ExecuteAsync(context);
}
