using System.Text.Json;
using RoomChat.Terminal;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Terminal;

public sealed class JsonTests
{
    [CoversSetting<TerminalSettings>(nameof(TerminalSettings.Json))]
    [Fact]
    public async Task EachEventIsALineOfJsonWithWhatTheTerminalShows()
    {
        using var server = await ServerProcess.AtAsync(
            ServerProcess.FreeAddress(), "--RoomChat:Terminal:Json=true");
        await using var ana = await ChatClient.ConnectAsync(server.Address);
        var room = await ana.CreateRoomAsync();
        var seat = (await ana.JoinAsync(room, "ana")).GetProperty("seat").GetString()!;
        await ana.SendAsync("hello\u202e \"{Name}\"\nsecond");
        await ana.CallAsync("LeaveRoom");
        await server.WaitForOutputAsync("- {Who} ({Here} here)");

        var events = server.Output.Select(line => JsonDocument.Parse(line).RootElement).ToArray();

        Assert.All(events, line => Assert.Equal(JsonValueKind.String, line.GetProperty("@t").ValueKind));
        Assert.All(events, line => Assert.Equal(JsonValueKind.String, line.GetProperty("@mt").ValueKind));
        Assert.Equal(["", room, room, room, room], events.Select(line => line.GetProperty("Where").GetString()));
        var said = Assert.Single(events, line => line.TryGetProperty("Text", out _)).GetProperty("Text").GetString()!;
        Assert.Equal("hello\\u{202E} \"{Name}\"\\nsecond", said);
        Assert.DoesNotContain(seat, string.Concat(server.Output), StringComparison.Ordinal);
    }
}
