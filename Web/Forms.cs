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
            await context.Request.ReadFormAsync(context.RequestAborted);
            return null;
        }
        catch (BadHttpRequestException wrong)
        {
            return wrong.StatusCode;
        }
        catch (InvalidDataException)
        {
            return StatusCodes.Status400BadRequest;
        }
        catch (Exception wrong) when (wrong is IOException or OperationCanceledException)
        {
            context.Abort();    // it hung up, and Kestrel would look for the rest in vain
            return StatusCodes.Status400BadRequest;
        }
    }
}
