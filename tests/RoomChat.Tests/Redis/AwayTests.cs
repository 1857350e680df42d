using RoomChat.Redis;
using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Redis;

/// <summary>One server, whose Redis is away at the start or later.</summary>
public sealed class AwayTests
{
    [Fact]
    public async Task WithoutTheSettingNothingConnects()
    {
        await using var server = new ChatServer(("Redis", ""));

        Assert.IsType<InMemoryRoomStore>(server.Services.GetRequiredService<IRoomStore>());
        using var program = await ApiClient.OfAsync(server);
        Assert.Equal(200, (await program.GetAsync("/health/ready")).Status);
    }

    [Fact]
    [CoversSetting<RedisSettings>(nameof(RedisSettings.Redis))]
    public async Task AwayAtTheStartItIsSaidInOneSentenceAndTriedAgain()
    {
        using var redis = new RedisServer();
        redis.Kill();
        using var server = await ServerProcess.ListeningAsync($"--RoomChat:Redis={redis.Setting}");
        using var program = await ApiClient.OfAsync(server.Address);
        await server.WaitForOutputAsync("Redis is away");

        Assert.Equal(200, (await program.GetAsync("/health")).Status);
        Assert.Equal((503, "unavailable"), StatusOf(await program.GetAsync("/health/ready")));
        var refused = await program.PostAsync("/api/rooms");
        Assert.Equal((503, "unavailable"), StatusOf(refused));
        Assert.NotNull(refused.Raw.Headers.RetryAfter);

        redis.Restart();
        await server.WaitForOutputAsync("Redis is there");
        Assert.Equal(200, (await program.GetAsync("/health/ready")).Status);
        Assert.Equal(201, (await program.PostAsync("/api/rooms")).Status);
        Assert.Empty(server.Errors);
        Assert.Single(server.Output, line => line.Contains("Redis is away", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhileItIsAwayReadingGoesOnAndSendingWaitsAndIsThenRefused()
    {
        using var redis = new RedisServer(appendFsync: "always");
        await using var server = new ChatServer(("Redis", redis.Setting));
        await using var ana = await ChatClient.ConnectAsync(server);
        var room = await ana.CreateRoomAsync();
        await ana.JoinAsync(room, "ana");
        using var bot = await ApiClient.JoinedAsync(server, room, "bot");
        await bot.PostMessageAsync("before");
        redis.Kill();

        Assert.Equal(["before"], (await bot.ReadAsync()).Texts);
        Assert.Equal("{}", $"{await ana.CallAsync("Typing")}");
        var refused = await bot.PostAsync($"/api/rooms/{room}/messages", new { text = "meanwhile", id = "m1" });
        Assert.Equal((503, "unavailable"), StatusOf(refused));

        redis.Restart();
        await SendUntilTakenAsync(ana, "meanwhile too", "m2");
        var again = await bot.PostAsync($"/api/rooms/{room}/messages", new { text = "meanwhile", id = "m1" });
        await ana.WaitForSeqAsync(5);

        Assert.Equal(again.Seq, ana.Events.Single(line => Text(line) == "meanwhile").GetProperty("seq").GetInt64());
        Assert.Equal([1, 2, 3, 4, 5], ana.Seqs);    // what was refused was under way, and has been taken once
        Assert.False(ana.Ended.Task.IsCompleted);
        server.AssertNoWarningsLogged();
    }

    private static (int, string?) StatusOf(ApiAnswer answer) => (answer.Status, answer.Code);

    private static string? Text(System.Text.Json.JsonElement line) =>
        line.TryGetProperty("text", out var text) ? text.GetString() : null;

    private static async Task SendUntilTakenAsync(ChatClient client, string text, string id)
    {
        while (true)
        {
            var answer = await client.CallAsync("SendMessage", new { text, id });
            if (answer.TryGetProperty("seq", out _)) return;
            Assert.Equal("unavailable", answer.GetProperty("refused").GetString());
        }
    }
}
