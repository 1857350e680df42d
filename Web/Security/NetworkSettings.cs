using System.ComponentModel;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace RoomChat.Web;

public sealed partial class NetworkSettings : IValidateOptions<NetworkSettings>
{
    private static readonly char[] Separators = [',', ';', ' '];

    [Description("addresses and networks of the reverse proxies whose X-Forwarded headers are trusted")]
    public string Proxies { get; init; } = "";

    [Description("names that the server answers to besides addresses and its own; *.example.org for subdomains")]
    public string Hosts { get; init; } = "";

    [Description("the path below which the server is, like /chat")]
    public string PathBase { get; init; } = "";

    [Description("origins whose pages may show a room in a frame, like https://www.example.org")]
    public string Embed { get; init; } = "";

    [Description("where to report vulnerabilities, for /.well-known/security.txt, like mailto:security@example.org")]
    public string SecurityContact { get; init; } = "";

    [Description("serves /metrics to programs of this machine, and exports by OTLP to OTEL_EXPORTER_OTLP_ENDPOINT")]
    public bool Metrics { get; init; }

    [Description("addresses and networks of others whose programs may read /metrics, and the counts in /health")]
    public string MetricsFrom { get; init; } = "";

    internal IReadOnlyList<string> EmbeddingOrigins => Split(Embed);

    internal IReadOnlyList<string> SecurityContacts => Split(SecurityContact);

    internal IReadOnlyList<IPNetwork> TrustedNetworks => Networks(Proxies);

    internal IReadOnlyList<IPNetwork> WatchingNetworks => Networks(MetricsFrom);

    internal IReadOnlyList<string> HostNames => Split(Hosts);

    public ValidateOptionsResult Validate(string? name, NetworkSettings options)
    {
        var networks = new[] { (nameof(Proxies), options.Proxies), (nameof(MetricsFrom), options.MetricsFrom) };
        foreach (var (setting, list) in networks)
            if (Split(list).FirstOrDefault(network => Parse(network) is null) is { } wrong)
                return ValidateOptionsResult.Fail(
                    $"RoomChat:{setting} has {wrong}, which is neither an address nor a network like 10.0.0.0/8.");
        if (options.PathBase is not "" && !ValidPath().IsMatch(options.PathBase))
            return ValidateOptionsResult.Fail($"RoomChat:PathBase is {options.PathBase}; it must be like /chat.");
        if (options.EmbeddingOrigins.FirstOrDefault(origin => !IsOrigin(origin)) is { } other)
            return ValidateOptionsResult.Fail($"RoomChat:Embed has {other}; it must be like https://www.example.org.");
        if (options.SecurityContacts.FirstOrDefault(contact => !IsContact(contact)) is { } place)
            return ValidateOptionsResult.Fail(
                $"RoomChat:SecurityContact has {place}; it must be like mailto:security@example.org or https://…");
        return ValidateOptionsResult.Success;
    }

    [GeneratedRegex(@"^(/[A-Za-z0-9._~-]+)+$")]
    private static partial Regex ValidPath();

    private static bool IsOrigin(string typed) =>
        Uri.TryCreate(typed, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        && uri.GetLeftPart(UriPartial.Authority).Equals(typed, StringComparison.OrdinalIgnoreCase);

    private static bool IsContact(string typed) =>
        Uri.TryCreate(typed, UriKind.Absolute, out var uri) && uri.Scheme is "mailto" or "https" or "tel";

    private static string[] Split(string list) => list.Split(Separators, StringSplitOptions.RemoveEmptyEntries);

    private static IPNetwork[] Networks(string list) => [.. Split(list).Select(network => Parse(network)!.Value)];

    private static IPNetwork? Parse(string typed) =>
        IPNetwork.TryParse(typed, out var network) ? network
        : IPAddress.TryParse(typed, out var address) ? new IPNetwork(address, 8 * address.GetAddressBytes().Length)
        : null;
}
