using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Api;

public static class ApiErrors
{
    private const string ServerError = "Something went wrong. This is the server's fault, not yours. Please try again.";

    public static bool IsApi(HttpContext context) => Problems.AreExpectedBy(context);

    /// <summary>Answers contain seats and tokens, so nothing may cache them.</summary>
    public static void UseNoStore(this IApplicationBuilder api) => api.Use((context, next) =>
    {
        context.Response.Headers.CacheControl = "no-store";
        return next(context);
    });

    public static void UseApiErrors(this IApplicationBuilder api)
    {
        var serverError = Problems.Create(StatusCodes.Status500InternalServerError, "server-error", ServerError);
        api.UseExceptionHandler(errors => errors.Run(serverError.ExecuteAsync));
        api.UseStatusCodePages(refused =>
        {
            var context = refused.HttpContext;
            return context.Problem(Reason.BadRequest, status: context.Response.StatusCode).ExecuteAsync(context);
        });
    }
}
