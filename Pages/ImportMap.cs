using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Html;
using RoomChat.Web;

namespace RoomChat.Pages;

/// <summary>Maps module names to fingerprinted URLs; the only inline script that the CSP allows.</summary>
public sealed class ImportMap(EndpointDataSource endpoints, NetworkSettings network) : IInlineScript
{
    private const string Folder = "js/", Extension = ".js";

    private readonly Lazy<string> _json = new(
        () => JsonSerializer.Serialize(new { imports = GetImports(endpoints, network.PathBase) }));

    public IHtmlContent Tag => new HtmlString($"""<script type="importmap">{_json.Value}</script>""");

    public string Hash =>
        field ??= $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(_json.Value)))}'";

    private static SortedDictionary<string, string> GetImports(EndpointDataSource endpoints, string root)
    {
        var assets = endpoints.Endpoints
            .Select(endpoint => endpoint.Metadata.GetMetadata<ResourceAssetCollection>())
            .OfType<ResourceAssetCollection>().First();
        var modules = from asset in assets
                      let name = asset.Properties?.FirstOrDefault(property => property.Name == "label")?.Value
                      where name is not null
                      where name.StartsWith(Folder, StringComparison.Ordinal)
                      where name.EndsWith(Extension, StringComparison.Ordinal)
                      select (Name: name, asset.Url);
        return new(
            modules.ToDictionary(module => $"{root}/{module.Name}", module => $"{root}/{module.Url}"),
            StringComparer.Ordinal);
    }
}
