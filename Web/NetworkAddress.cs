using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace RoomChat.Web;

/// <summary>Where others reach this server, for somebody who reads its pages on the same machine.</summary>
public sealed class NetworkAddress(IServer server)
{
    /// <summary>Such a host means another machine wherever else a link to it is opened.</summary>
    public static bool IsLoopback(HostString host) =>
        host.Host == "localhost" || (IPAddress.TryParse(host.Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Null if the server listens on no such address. Nobody on another machine is told.</summary>
    public string? For(HttpContext context)
    {
        if (!IsLoopback(context.Request.Host) || context.Connection.RemoteIpAddress is not { } client
            || !IPAddress.IsLoopback(client)) return null;
        var bound = (server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []).Select(BindingAddress.Parse);
        var hosts = from address in bound
                    where address.Scheme == context.Request.Scheme
                    let host = IsAnywhere(address) ? OfMachine().FirstOrDefault()?.ToString() : address.Host
                    where IPAddress.TryParse(host, out var ip) && !IPAddress.IsLoopback(ip)
                    select $"{host}:{address.Port}";
        return hosts.FirstOrDefault();
    }

    internal static bool IsAnywhere(BindingAddress bound) => bound.Host is "0.0.0.0" or "[::]" or "+" or "*";

    /// <summary>First those of a network that leads further, then those between containers.</summary>
    internal static IEnumerable<IPAddress> OfMachine() =>
        from network in NetworkInterface.GetAllNetworkInterfaces()
        where network.OperationalStatus == OperationalStatus.Up
        let properties = network.GetIPProperties()
        from own in properties.UnicastAddresses
        where own.Address.AddressFamily == AddressFamily.InterNetwork
        where !IPAddress.IsLoopback(own.Address)
        orderby properties.GatewayAddresses.Count descending
        select own.Address;
}
