using RoomChat.Languages;

namespace RoomChat.Pages;

/// <summary>What the pages are once they are installed.</summary>
internal static class Manifest
{
    public const string Path = "/manifest.webmanifest";

    private const string Png = "image/png", Paper = "#f7f6f3";

    public static void MapManifest(this WebApplication app) =>
        app.MapGet(Path, (Words words) => TypedResults.Json(Describe(words), contentType: "application/manifest+json"))
            .ExcludeFromDescription();

    private static object Describe(Words words)
    {
        object[] icons =
        [
            new { src = "/icon.svg", type = "image/svg+xml", sizes = "any" },
            new { src = "/icon-192.png", type = Png, sizes = "192x192" },
            new { src = "/icon-512.png", type = Png, sizes = "512x512" },
            new { src = "/icon-maskable.png", type = Png, sizes = "512x512", purpose = "maskable" },
        ];
        return new
        {
            name = "RoomChat",
            short_name = "RoomChat",
            description = words["site.description"],
            lang = Language.Current.Code,
            dir = Language.Current.Direction,
            id = "/",
            start_url = "/",
            display = "standalone",
            background_color = Paper,
            theme_color = Paper,
            icons,
            shortcuts = new[] { new { name = words["home.create"], url = "/?create" } },
            share_target = new
            {
                action = "/",
                method = "GET",
                @params = new { title = "title", text = "text", url = "url" },
            },
        };
    }
}
