using System.Net;
using Microsoft.Extensions.Options;

namespace RoomChat.Web;

public sealed class NetworkSettings : IValidateOptions<NetworkSettings>
{
    private static readonly char[] Separators = [',', ';', ' '];

    /// <summary>Addresses and networks of the reverse proxies whose X-Forwarded headers are trusted.</summary>
    public string Proxies { get; init; } = "";

    /// <summary>Besides addresses, localhost and the machine's own name; "*.example.org" covers subdomains.</summary>
    public string Hosts { get; init; } = "";

    internal IReadOnlyList<IPNetwork> TrustedNetworks => [.. Split(Proxies).Select(proxy => Parse(proxy)!.Value)];

    internal IReadOnlyList<string> HostNames => Split(Hosts);

    public ValidateOptionsResult Validate(string? name, NetworkSettings options) =>
        Split(options.Proxies).FirstOrDefault(proxy => Parse(proxy) is null) is { } wrong
            ? ValidateOptionsResult.Fail(
                $"RoomChat:Proxies has {wrong}, which is neither an address nor a network like 10.0.0.0/8.")
            : ValidateOptionsResult.Success;

    private static string[] Split(string list) => list.Split(Separators, StringSplitOptions.RemoveEmptyEntries);

    private static IPNetwork? Parse(string typed) =>
        IPNetwork.TryParse(typed, out var network) ? network
        : IPAddress.TryParse(typed, out var address) ? new IPNetwork(address, 8 * address.GetAddressBytes().Length)
        : null;
}
