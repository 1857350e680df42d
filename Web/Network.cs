using System.Net;
using System.Net.Sockets;

namespace RoomChat.Web;

/// <summary>From where somebody comes, as limits count it: one IPv4 address, or one IPv6 network, of which a person has all.</summary>
public static class Network
{
    private const int Bytes = 64 / 8;

    public static IPAddress Of(HttpContext context) => Of(context.Connection.RemoteIpAddress ?? IPAddress.None);

    public static IPAddress Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(Bytes).Clear();
        return new IPAddress(bytes);
    }
}
