using RoomChat.Rooms;
using RoomChat.Terminal;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Terminal;

[Collection(nameof(TestTerminal))]
public sealed class AllServersTests
{
    [Theory]
    [CoversSetting<TerminalSettings>(nameof(TerminalSettings.AllServers))]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task WhatOtherServersAppendIsShownOnlyIfAskedFor(bool allServers, int lines)
    {
        await using var terminal = new TestTerminal($"--RoomChat:Terminal:AllServers={allServers}");
        var said = new RoomEvent(1, EventType.Message, "ana", "hi", DateTimeOffset.UnixEpoch);

        terminal.Publish(new EventAppended(Code.New(), said, 1));
        terminal.Publish(new EventAppended(Code.New(), said, 1, IsElsewhere: true));

        Assert.Equal(lines, (await terminal.LinesAsync()).Length);
    }
}
