using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Primitives;

namespace RoomChat.Web;

/// <summary>
/// The names this server goes by. A page of another site can point a name of its own at this address and would then be of
/// our origin (DNS rebinding); it cannot do so with a number, nor with a name that is ours.
/// </summary>
public sealed class Hosts(NetworkSettings settings, IServer server)
{
    private readonly IList<StringSegment> _named = [.. settings.HostNames.Select(name => new StringSegment(name))];
    private readonly Lazy<HashSet<string>> _own = new(() => Own(server));

    public bool Know(HostString host) =>
        !host.HasValue      // only programs ask without, as health checks do
        || IPAddress.TryParse(host.Host.Trim('[', ']'), out _)
        || _own.Value.Contains(host.Host)
        || (Uri.CheckHostName(host.Host) == UriHostNameType.Dns && HostString.MatchesAny(host.Host, _named));

    private static HashSet<string> Own(IServer server)
    {
        var listening = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        string[] names = ["localhost", Environment.MachineName, $"{Environment.MachineName}.local", Dns.GetHostName()];
        return new(names.Concat(listening.Select(address => BindingAddress.Parse(address).Host)), StringComparer.OrdinalIgnoreCase);
    }
}
