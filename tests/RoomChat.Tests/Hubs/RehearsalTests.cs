using RoomChat.Hubs;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Hubs;

public sealed class RehearsalTests : IDisposable
{
    private readonly ChatServer _server = new();

    [Fact]
    public void NobodySeesTheRehearsal()
    {
        _server.Services.GetRequiredService<Rehearsal>().Play();

        Assert.Equal((0, 0, 0, 0), (_server.Lobby.Rooms, _server.Lobby.Members, _server.Lobby.Messages, _server.Lobby.Deliveries));
        _server.AssertNoTroubles();
    }

    public void Dispose() => _server.Dispose();
}
