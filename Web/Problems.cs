using RoomChat.Rooms;

namespace RoomChat.Web;

public static class Problems
{
    /// <summary>What the framework itself refuses programs, and what breaks, becomes a problem too; never a page.</summary>
    public static void UseProblems(this WebApplication app) => app.UseWhen(Problem.IsWanted, api =>
    {
        api.Use((context, next) =>
        {
            context.Response.Headers.CacheControl = "no-store";     // seats are secret
            return next(context);
        });
        api.UseExceptionHandler(broken => broken.Run(Problem.WriteSurpriseAsync));
        api.UseStatusCodePages(refused =>
            new Problem(Reason.BadRequest, status: refused.HttpContext.Response.StatusCode).ExecuteAsync(refused.HttpContext));
    });
}
