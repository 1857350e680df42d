using RoomChat.Tests.Support;

namespace RoomChat.Tests.Terminal;

public sealed class ColourTests
{
    [Theory]
    [InlineData("NO_COLOR=", true)]
    [InlineData("NO_COLOR=1", false)]
    public async Task ARealTerminalShowsColoursUnlessColoursAreTurnedOff(string setting, bool colours)
    {
        using var server = await ServerProcess.OnTerminalAsync(setting, "TERM=xterm-256color");
        await using var ana = await ChatClient.ConnectAsync(server.Address);
        var room = await ana.CreateRoomAsync();
        await server.WaitForOutputAsync(room);

        Assert.Equal(colours, server.Output.Any(line => line.Contains("\e[2m", StringComparison.Ordinal)));
    }
}
