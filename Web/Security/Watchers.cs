using System.Net;

namespace RoomChat.Web;

/// <summary>Whoever may see how much goes on: programs of this machine, and the networks of a setting.</summary>
public sealed class Watchers(NetworkSettings settings)
{
    private static readonly string[] ProxyHeaders = ["Forwarded", "Via", "X-Forwarded", "X-Original", "X-Real-IP"];

    private readonly IReadOnlyList<IPNetwork> _networks = settings.WatchingNetworks;

    public bool Include(HttpContext context) => IsLocal(context) || IsFromNetwork(context);

    /// <summary>A proxy of this machine brings strangers, and says so.</summary>
    private static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !context.Request.Headers.Keys.Any(IsOfProxy);

    private static bool IsOfProxy(string header) =>
        ProxyHeaders.Any(begin => header.StartsWith(begin, StringComparison.OrdinalIgnoreCase));

    private bool IsFromNetwork(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address
        && _networks.Any(network => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));
}
