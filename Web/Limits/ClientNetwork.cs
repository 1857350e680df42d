using System.Net;
using System.Net.Sockets;

namespace RoomChat.Web;

/// <param name="Allowance">How many times as much as one address it may do.</param>
public readonly record struct ClientNetwork(IPAddress Address, int Prefix, int Allowance)
{
    private const int SmallestPrefix = 64;

    /// <summary>An IPv6 /64, which is what one subscriber has at least, counts as one address.</summary>
    public static IPAddress Of(HttpContext context) => Of(context.Connection.RemoteIpAddress ?? IPAddress.None);

    public static IPAddress Of(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? Truncate(address, SmallestPrefix)
        : address;

    /// <summary>A site gets a /56 or a /48: far more addresses than it has people.</summary>
    public static ClientNetwork[] TiersOf(IPAddress client) =>
        client.AddressFamily == AddressFamily.InterNetworkV6
            ? [new(client, SmallestPrefix, 1), new(Truncate(client, 56), 56, 2), new(Truncate(client, 48), 48, 4)]
            : [new(client, 32, 1)];

    private static IPAddress Truncate(IPAddress address, int prefix)
    {
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(prefix / 8).Clear();
        return new IPAddress(bytes);
    }
}
