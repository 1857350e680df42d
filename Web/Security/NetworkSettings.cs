using System.Net;
using Microsoft.Extensions.Options;

namespace RoomChat.Web;

/// <summary>The proxies before the server and the names it has. Lists, separated by commas or spaces.</summary>
public sealed class NetworkSettings : IValidateOptions<NetworkSettings>
{
    private static readonly char[] Separators = [',', ';', ' '];

    /// <summary>Addresses and networks of the reverse proxies whose X-Forwarded headers are believed.</summary>
    public string Proxies { get; init; } = "";

    /// <summary>
    /// Names this server answers to, besides its addresses, localhost and the machine's own; "*.example.org" covers all
    /// below one.
    /// </summary>
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
