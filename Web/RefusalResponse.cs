using System.Globalization;
using RoomChat.Rooms;

namespace RoomChat.Web;

internal static class RefusalResponse
{
    public static int StatusCode(this Refusal refusal) => refusal.Reason switch
    {
        Reason.NameInvalid or Reason.TextEmpty or Reason.TextTooLong or Reason.TextInvalid or Reason.BadRequest
            or Reason.PasswordInvalid or Reason.PasswordCommon or Reason.PassphraseInvalid or Reason.TitleInvalid
            or Reason.NotSealed =>
            StatusCodes.Status400BadRequest,
        Reason.NotInRoom or Reason.NotSignedIn or Reason.SignInFailed => StatusCodes.Status401Unauthorized,
        Reason.NotOwner or Reason.NotYours or Reason.RoomLocked or Reason.PassphraseNeeded or Reason.PassphraseWrong
            or Reason.KeyNeeded or Reason.KeyWrong =>
            StatusCodes.Status403Forbidden,
        Reason.RoomNotFound or Reason.MessageNotFound or Reason.AccountNotFound or Reason.SessionNotFound =>
            StatusCodes.Status404NotFound,
        Reason.RoomFull or Reason.NameTaken or Reason.NameReserved or Reason.TooLate => StatusCodes.Status409Conflict,
        Reason.RateLimited => StatusCodes.Status429TooManyRequests,
        Reason.ServerFull or Reason.Stopping or Reason.Unavailable => StatusCodes.Status503ServiceUnavailable,
    };

    /// <summary>Reports the refusal, and sets status and headers; the caller writes the body.</summary>
    public static void Refuse(
        this HttpContext context, Refusal refusal, string? name = null, string? room = null, int? status = null)
    {
        var refusals = context.RequestServices.GetRequiredService<RefusalReporter>();
        refusals.Report(ClientNetwork.Of(context), refusal, room ?? (string?)context.GetRouteValue("code"), name);

        var response = context.Response;
        response.StatusCode = status ?? refusal.StatusCode();
        if (response.StatusCode == StatusCodes.Status401Unauthorized) response.Headers.WWWAuthenticate = "Bearer";
        if (refusal.RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
    }
}
