using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Hubs;

/// <summary>Tells members that the server is stopping before Kestrel aborts their connections.</summary>
internal sealed class HubShutdown(
    Lobby lobby, ChatLifetimeManager connections, ConnectionLimiter limiter, IHostApplicationLifetime lifetime)
    : IHostedService
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1.5);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(Close);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Close()
    {
        lobby.Stop();
        connections.CloseAll();
        limiter.WaitUntilEmpty(CloseTimeout);
    }
}
