using System.Reflection;
using Microsoft.Extensions.FileProviders;

namespace RoomChat.Pages;

/// <summary>In a release of one file, styles and scripts are inside it, as deploy/release has put them there.</summary>
internal static class EmbeddedAssets
{
    private const string Manifest = "wwwroot.json";

    private static readonly Assembly Assembly = typeof(EmbeddedAssets).Assembly;

    public static void MapAssets(this WebApplication app)
    {
        using var manifest = Assembly.GetManifestResourceStream(Manifest);
        if (manifest is null)
        {
            app.MapStaticAssets();
            app.MapRazorPages().WithStaticAssets();
            return;
        }
        app.Environment.WebRootFileProvider = new EmbeddedFileProvider(Assembly, "wwwroot");
        var file = Path.GetTempFileName();      // the framework reads it from a file only
        using (var copy = File.Create(file)) manifest.CopyTo(copy);
        app.MapStaticAssets(file);
        app.MapRazorPages().WithStaticAssets(file);
        File.Delete(file);
    }
}
