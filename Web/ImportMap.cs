using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Html;

namespace RoomChat.Web;

/// <summary>
/// Modules import each other by their plain names; browsers may keep them for ever under names that change with what is in them.
/// This says which name stands for which, and is the one inline script that the policy allows, by its hash.
/// </summary>
public sealed class ImportMap(EndpointDataSource endpoints)
{
    private readonly Lazy<string> _json = new(() => JsonSerializer.Serialize(new { imports = Names(endpoints) }));

    public IHtmlContent Tag => new HtmlString($"""<script type="importmap">{_json.Value}</script>""");

    public string Hash => field ??= $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(_json.Value)))}'";

    private static SortedDictionary<string, string> Names(EndpointDataSource endpoints)
    {
        var assets = endpoints.Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<ResourceAssetCollection>()).First(assets => assets is not null)!;
        var names = assets
            .Select(asset => (Plain: asset.Properties?.FirstOrDefault(property => property.Name == "label")?.Value, asset.Url))
            .Where(name => name.Plain is not null && name.Plain.StartsWith("js/", StringComparison.Ordinal) && name.Plain.EndsWith(".js", StringComparison.Ordinal));
        return new(names.ToDictionary(name => $"/{name.Plain}", name => $"/{name.Url}"), StringComparer.Ordinal);
    }
}
