using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using RoomChat.Rooms;

namespace RoomChat.Web;

internal sealed record Listening(DateTimeOffset At, string Address) : Activity(At)
{
    public override ActivityLine Line => new("RoomChat is at {Address}", Address);
}

internal sealed class AddressAnnouncer(
    IServer server, ActivityFeed activity, TimeProvider time, IHostApplicationLifetime lifetime,
    NetworkSettings network) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Announce);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Announce()
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        foreach (var address in addresses.SelectMany(Reachable))
            activity.Publish(new Listening(time.GetUtcNow(), address + network.PathBase));
    }

    private static IEnumerable<string> Reachable(string address)
    {
        var bound = BindingAddress.Parse(address);
        if (!NetworkAddress.IsAnywhere(bound)) return [address];
        var hosts = NetworkAddress.OfMachine().Select(own => own.ToString());
        return hosts.Prepend("localhost").Select(host => $"{bound.Scheme}://{host}:{bound.Port}");
    }
}
