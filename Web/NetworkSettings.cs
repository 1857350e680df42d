using System.Net;
using Microsoft.Extensions.Options;

namespace RoomChat.Web;

/// <summary>Where the server stands: behind whom, and under which names. Lists, with commas or spaces between.</summary>
public sealed class NetworkSettings : IValidateOptions<NetworkSettings>
{
    private static readonly char[] Between = [',', ';', ' '];

    /// <summary>Addresses and networks of the reverse proxies whose word is taken for who asks, and how.</summary>
    public string Proxies { get; init; } = "";

    /// <summary>Names this server goes by, besides its addresses, localhost and the machine's own; "*.example.org" are all below one.</summary>
    public string Hosts { get; init; } = "";

    internal IReadOnlyList<IPNetwork> TrustedNetworks => [.. Listed(Proxies).Select(proxy => Read(proxy)!.Value)];

    internal IReadOnlyList<string> HostNames => Listed(Hosts);

    public ValidateOptionsResult Validate(string? name, NetworkSettings options) =>
        Listed(options.Proxies).FirstOrDefault(proxy => Read(proxy) is null) is { } wrong
            ? ValidateOptionsResult.Fail($"RoomChat:Proxies has {wrong}, which is neither an address nor a network like 10.0.0.0/8.")
            : ValidateOptionsResult.Success;

    private static string[] Listed(string list) => list.Split(Between, StringSplitOptions.RemoveEmptyEntries);

    private static IPNetwork? Read(string typed) =>
        IPNetwork.TryParse(typed, out var network) ? network
        : IPAddress.TryParse(typed, out var address) ? new IPNetwork(address, 8 * address.GetAddressBytes().Length)
        : null;
}
