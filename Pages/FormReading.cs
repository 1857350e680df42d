using Microsoft.AspNetCore.WebUtilities;
using RoomChat.Web;

namespace RoomChat.Pages;

public static class FormReading
{
    /// <summary>Reads forms before the page does, so that a malformed one is a status and not an exception.</summary>
    public static void UseFormReading(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (context.Request.HasFormContentType && !Problems.AreExpectedBy(context)
            && await ReadAsync(context) is { } errorStatus)
            context.Response.StatusCode = errorStatus;
        else
            await next(context);
    });

    private static async Task<int?> ReadAsync(HttpContext context)
    {
        try
        {
            var request = context.Request;
            if (!UrlEncodedForm.IsIn(request))
            {
                await request.Body.DrainAsync(context.RequestAborted);
                return StatusCodes.Status415UnsupportedMediaType;
            }
            request.Form = new FormCollection(await UrlEncodedForm.ReadAsync(request.Body, context.RequestAborted));
            return null;
        }
        catch (BadHttpRequestException exception)
        {
            CloseConnection(context);
            return exception.StatusCode;
        }
        catch (InvalidDataException)
        {
            return StatusCodes.Status400BadRequest;
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            CloseConnection(context);
            context.Abort();
            return StatusCodes.Status400BadRequest;
        }
    }

    /// <summary>The rest may never arrive, and Kestrel would wait for it before the next request.</summary>
    private static void CloseConnection(HttpContext context) => context.Response.Headers.Connection = "close";
}
