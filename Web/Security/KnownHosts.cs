using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Primitives;

namespace RoomChat.Web;

/// <summary>Against DNS rebinding: a page under a foreign name that points here would count as same-origin.</summary>
public sealed class KnownHosts(NetworkSettings settings, IServer server)
{
    private readonly IList<StringSegment> _configured =
        [.. settings.HostNames.Select(name => new StringSegment(name))];

    private readonly Lazy<HashSet<string>> _own = new(() => GetOwnNames(server));

    public bool Contains(HostString host) =>
        !host.HasValue      // as in some health checks
        || IPAddress.TryParse(host.Host.Trim('[', ']'), out _)
        || _own.Value.Contains(host.Host)
        || (Uri.CheckHostName(host.Host) == UriHostNameType.Dns && HostString.MatchesAny(host.Host, _configured));

    private static HashSet<string> GetOwnNames(IServer server)
    {
        var listening = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        string[] names = ["localhost", Environment.MachineName, $"{Environment.MachineName}.local", Dns.GetHostName()];
        return new(
            names.Concat(listening.Select(address => BindingAddress.Parse(address).Host)),
            StringComparer.OrdinalIgnoreCase);
    }
}
