using System.Reflection;
using Microsoft.Extensions.FileProviders;

namespace RoomChat.Pages;

/// <summary>In a release of one file, styles and scripts are inside it, as deploy/release has put them there.</summary>
internal static class EmbeddedAssets
{
    private static readonly Assembly Assembly = typeof(EmbeddedAssets).Assembly;

    /// <summary>Gives the path of their manifest, which the framework reads from a file only, or null.</summary>
    public static string? UseEmbeddedAssets(this WebApplication app)
    {
        using var manifest = Assembly.GetManifestResourceStream("wwwroot.json");
        if (manifest is null) return null;
        app.Environment.WebRootFileProvider = new EmbeddedFileProvider(Assembly, "wwwroot");
        var path = Path.GetTempFileName();
        using var file = File.Create(path);
        manifest.CopyTo(file);
        return path;
    }
}
