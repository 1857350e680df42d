using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.WebEncoders;
using RoomChat.Accounts;
using RoomChat.Web;

namespace RoomChat.Pages;

public static class PagesSetup
{
    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.WebHost.UseStaticWebAssets();   // "dotnet run" serves them in every environment
        // Otherwise a fallback route matches every path, and unknown paths become a 405.
        builder.Configuration["DisableStaticAssetNotFoundRuntimeFallback"] = "true";
        builder.Services.AddSingleton<ImportMap>().AddSingleton<VisitedRooms>().AddSingleton<Words>();
        builder.Services.AddSingleton<IInlineScript>(provider => provider.GetRequiredService<ImportMap>());
        builder.Services.Configure<WebEncoderOptions>(html => html.TextEncoderSettings = AllLetters());
        builder.Services.AddAntiforgery(forms => forms.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        builder.Services.AddRazorPages().AddMvcOptions(mvc => mvc.Filters.Add<StaleForms>());
        builder.Services.AddOptions<RazorPagesOptions>().PostConfigure<AccountSettings>((pages, settings) =>
        {
            if (!settings.Enabled)
                pages.Conventions.AddFolderRouteModelConvention("/Account", page => page.Selectors.Clear());
        });
    }

    /// <summary>As they are, not as eight characters each; but for those that turn around what follows.</summary>
    private static TextEncoderSettings AllLetters()
    {
        var settings = new TextEncoderSettings(UnicodeRanges.All);
        settings.ForbidRanges(UnicodeRange.Create('\u202A', '\u202E'), UnicodeRange.Create('\u2066', '\u2069'));
        return settings;
    }

    public static void MapPages(this WebApplication app)
    {
        var manifest = app.UseEmbeddedAssets();
        app.MapStaticAssets(manifest);
        app.MapRazorPages().WithStaticAssets(manifest);
        if (manifest is not null) File.Delete(manifest);
        app.MapManifest();
    }
}
