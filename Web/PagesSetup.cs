namespace RoomChat.Web;

public static class PagesSetup
{
    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.WebHost.UseStaticWebAssets();   // "dotnet run" serves what the build knows of, in every environment
        builder.Configuration["DisableStaticAssetNotFoundRuntimeFallback"] = "true";    // it is a GET for every path, so none were a 405
        builder.Services.AddSingleton<ImportMap>();
        builder.Services.AddRazorPages().AddMvcOptions(mvc => mvc.Filters.Add<StaleForms>());
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.None);   // of old cookies it makes an error
    }

    public static void MapPages(this WebApplication app)
    {
        app.UseExceptionHandler("/error");
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.UseForms();
        app.MapStaticAssets();
        app.MapRazorPages().WithStaticAssets();
    }
}
