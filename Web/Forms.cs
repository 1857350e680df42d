using Microsoft.AspNetCore.WebUtilities;

namespace RoomChat.Web;

public static class Forms
{
    /// <summary>Forms are read before a page is asked, so that what is wrong with one is a status and not an exception.</summary>
    public static void UseForms(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (context.Request.HasFormContentType && !Problem.IsWanted(context) && await WrongWithAsync(context) is { } status)
            context.Response.StatusCode = status;
        else
            await next(context);
    });

    private static async Task<int?> WrongWithAsync(HttpContext context)
    {
        try
        {
            // As a stream, which Kestrel can let go of in the middle: a form's own reader would leave it reading.
            context.Request.EnableBuffering(bufferThreshold: int.MaxValue);
            await context.Request.Body.DrainAsync(context.RequestAborted);
            context.Request.Body.Position = 0;
            await context.Request.ReadFormAsync(context.RequestAborted);
            return null;
        }
        catch (BadHttpRequestException wrong)
        {
            HangUp(context);
            return wrong.StatusCode;
        }
        catch (InvalidDataException)
        {
            return StatusCodes.Status400BadRequest;
        }
        catch (Exception wrong) when (wrong is IOException or OperationCanceledException)
        {
            HangUp(context);
            context.Abort();
            return StatusCodes.Status400BadRequest;
        }
    }

    /// <summary>The rest may never come, and Kestrel would look for it, and for the next request, in vain.</summary>
    private static void HangUp(HttpContext context) => context.Response.Headers.Connection = "close";
}
