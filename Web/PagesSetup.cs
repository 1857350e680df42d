namespace RoomChat.Web;

public static class PagesSetup
{
    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.WebHost.UseStaticWebAssets();   // "dotnet run" serves what the build knows of, in every environment
        builder.Configuration["DisableStaticAssetNotFoundRuntimeFallback"] = "true";    // it is a GET for every path, so none were a 405
        builder.Services.AddSingleton<ImportMap>();
        builder.Services.AddRazorPages();
    }

    public static void MapPages(this WebApplication app)
    {
        app.UseExceptionHandler("/error");
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.UseSecurityHeaders();
        app.MapStaticAssets();
        app.MapRazorPages().WithStaticAssets();
    }
}
