namespace RoomChat.Web;

public static class PathBase
{
    /// <summary>For every link, whether or not the proxy in front takes the path away.</summary>
    public static void UsePathBase(this WebApplication app)
    {
        var path = app.Services.GetRequiredService<NetworkSettings>().PathBase;
        if (path is "") return;
        app.UsePathBase(path);
        app.Use((context, next) =>
        {
            context.Request.PathBase = path;
            return next(context);
        });
    }
}
