using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Terminal;

[Collection(nameof(TestTerminal))]
public sealed class ConnectionClosedTests
{
    [Theory]
    [InlineData("ana", CloseReason.TooSlow, "~ ana dropped: too-slow")]
    [InlineData(null, CloseReason.Flooding, "~ somebody dropped: flooding")]
    public async Task AClosedConnectionIsShownUnderTheCodeOfItsRoomWithTheReason(
        string? name, CloseReason reason, string line)
    {
        await using var terminal = new TestTerminal();
        var room = Code.New();
        terminal.Publish(new ConnectionClosed(DateTimeOffset.UnixEpoch, name is null ? null : room, name, reason));

        Assert.EndsWith(
            $" {(name is null ? "      " : room)} {line}",
            Assert.Single(await terminal.LinesAsync()),
            StringComparison.Ordinal);
    }
}
