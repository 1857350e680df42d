using Microsoft.AspNetCore.Http.HttpResults;
using RoomChat.Languages;
using RoomChat.Web;

namespace RoomChat.Pages;

/// <summary>What the pages are once they are installed.</summary>
internal static class Manifest
{
    public const string Path = "/manifest.webmanifest";

    private const string Png = "image/png", Paper = "#f7f6f3";

    public static void MapManifest(this WebApplication app) =>
        app.MapGet(Path, Get).ExcludeFromDescription();

    private static JsonHttpResult<object> Get(Words words, NetworkSettings network) =>
        TypedResults.Json(Describe(words, network.PathBase), contentType: "application/manifest+json");

    private static object Describe(Words words, string root)
    {
        object[] icons =
        [
            new { src = $"{root}/icon.svg", type = "image/svg+xml", sizes = "any" },
            new { src = $"{root}/icon-192.png", type = Png, sizes = "192x192" },
            new { src = $"{root}/icon-512.png", type = Png, sizes = "512x512" },
            new { src = $"{root}/icon-maskable.png", type = Png, sizes = "512x512", purpose = "maskable" },
        ];
        return new
        {
            name = "RoomChat",
            short_name = "RoomChat",
            description = words["site.description"],
            lang = Language.Current.Code,
            dir = Language.Current.Direction,
            id = $"{root}/",
            start_url = $"{root}/",
            display = "standalone",
            background_color = Paper,
            theme_color = Paper,
            icons,
            shortcuts = new[] { new { name = words["home.create"], url = $"{root}/?create" } },
            share_target = new
            {
                action = $"{root}/",
                method = "GET",
                enctype = "application/x-www-form-urlencoded",
                @params = new { title = "title", text = "text", url = "url" },
            },
        };
    }
}
