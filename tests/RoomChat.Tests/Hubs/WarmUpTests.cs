using RoomChat.Hubs;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Hubs;

public sealed class WarmUpTests : IDisposable
{
    private readonly ChatServer _server = new();

    [Fact]
    public async Task TheMessagesOfTheWarmUpAreNotCounted()
    {
        var warmUp = _server.Services.GetServices<IHostedService>().OfType<WarmUp>().Single();

        Assert.Equal(2, await warmUp.RunAsync());
        Assert.Equal(
            (0, 0, 0, 0),
            (_server.Lobby.Rooms, _server.Lobby.Members, _server.Lobby.Messages, _server.Lobby.Deliveries));
        _server.AssertNoWarningsLogged();
    }

    public void Dispose() => _server.Dispose();
}
