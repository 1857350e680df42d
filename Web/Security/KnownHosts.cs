using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Primitives;

namespace RoomChat.Web;

/// <summary>
/// The names this server answers to. A page of another site can point a name of its own at this address, and would then
/// be same-origin (DNS rebinding); it can do so neither with a number nor with one of these names.
/// </summary>
public sealed class KnownHosts(NetworkSettings settings, IServer server)
{
    private readonly IList<StringSegment> _configured =
        [.. settings.HostNames.Select(name => new StringSegment(name))];

    private readonly Lazy<HashSet<string>> _own = new(() => GetOwnNames(server));

    public bool Contains(HostString host) =>
        !host.HasValue      // as programs' requests may be, health checks for one
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

public static class KnownHostsCheck
{
    private const string UnknownHost =
        "This server does not go by that name. Whoever runs it can add the name to RoomChat:Hosts.";

    public static void UseKnownHosts(this IApplicationBuilder app)
    {
        var hosts = app.ApplicationServices.GetRequiredService<KnownHosts>();
        app.Use((context, next) =>
            hosts.Contains(context.Request.Host)
                ? next(context)
                : Problems.WriteAsync(context, StatusCodes.Status400BadRequest, "unknown-host", UnknownHost));
    }
}
