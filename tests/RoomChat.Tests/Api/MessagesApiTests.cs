using RoomChat.Tests.Support;

namespace RoomChat.Tests.Api;

/// <summary>How what was said changes by HTTP.</summary>
public sealed class MessagesApiTests : IAsyncDisposable
{
    private readonly ChatServer _server = new();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task AProgramAnswersEditsReactsAndTakesBack()
    {
        using var owner = await ApiClient.OfAsync(_server);
        var room = await owner.CreateRoomAsync();
        await owner.JoinAsync(room, "ana");
        using var bot = await ApiClient.JoinedAsync(_server, room, "bot");
        var messages = $"/api/rooms/{room}/messages";
        var seq = await owner.PostMessageAsync("hi");

        var answer = await bot.PostAsync(messages, new { text = "ho", replyTo = seq });
        Assert.Equal((201, 4L), (answer.Status, answer.Seq));
        Assert.Equal((200, 5L), Answered(await bot.PatchAsync($"{messages}/4", new { text = "hey" })));
        var mark = $"{messages}/3/marks/{Uri.EscapeDataString("👍")}";
        Assert.Equal((200, 6L), Answered(await bot.SendAsync(HttpMethod.Put, mark)));
        Assert.Equal((200, 6L), Answered(await bot.SendAsync(HttpMethod.Put, mark)));
        var read = (await owner.ReadAsync()).Events;
        Assert.Equal("""["bot"]""", $"{read[2].GetProperty("marks").GetProperty("👍")}");
        Assert.Equal(3, read[3].GetProperty("replyTo").GetInt64());

        Assert.Equal((200, 7L), Answered(await bot.DeleteAsync(mark)));
        Assert.Equal((200, 8L), Answered(await owner.DeleteAsync($"{messages}/4")));
        read = (await owner.ReadAsync()).Events;
        Assert.False(read[2].TryGetProperty("marks", out _));
        Assert.Equal("removed", read[3].GetProperty("type").GetString());
        Assert.Equal(
            ["edited", "reacted", "reacted", "removed"],
            (await owner.ReadAsync(after: 4)).Events.Select(line => line.GetProperty("type").GetString())
                .Select(type => type == "superseded" ? "edited" : type));
    }

    [Fact]
    public async Task AFormEditsAndAnUnknownMarkIsRefused()
    {
        using var bot = await ApiClient.OfAsync(_server);
        var room = await bot.CreateRoomAsync();
        await bot.JoinAsync(room, "bot");
        var seq = await bot.PostMessageAsync("hi");
        using var form = new FormUrlEncodedContent([new("text", "ho")]);

        var edited = await bot.SendAsync(HttpMethod.Patch, $"/api/rooms/{room}/messages/{seq}", form);
        Assert.Equal((200, 3L), Answered(edited));
        Assert.Equal(["ho"], (await bot.ReadAsync()).Texts);
        var unknown = await bot.SendAsync(HttpMethod.Put, $"/api/rooms/{room}/messages/{seq}/marks/x");
        Assert.Equal((400, "bad-request"), (unknown.Status, unknown.Code));
        Assert.Equal(400, (await bot.PatchAsync($"/api/rooms/{room}/messages/{seq}", new { words = "ho" })).Status);
    }

    private static (int, long) Answered(ApiAnswer answer) => (answer.Status, answer.Seq);
}
