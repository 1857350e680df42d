using RoomChat.Tests.Support;

namespace RoomChat.Tests.Api;

public sealed class HealthTests : IAsyncDisposable
{
    private readonly ChatServer _server = new();

    [Fact]
    public async Task HealthReportsTheCountsTheUptimeAndTheVersion()
    {
        await using var ana = await TalkAsync();
        using var program = await ApiClient.OfAsync(_server);

        var health = await program.GetAsync("/health");

        Assert.Equal(200, health.Status);
        Assert.Matches(
            """^\{"rooms":1,"members":2,"connections":1,"uptime":[0-9]+,"version":"[0-9]+\.[0-9]+\.[0-9]+[^"]*"\}$""",
            $"{health.Body}");
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/health/ready")]
    public async Task AStrangerIsToldThatItIsUpAndNothingElse(string path)
    {
        using var http = new HttpClient { BaseAddress = _server.Address };
        http.DefaultRequestHeaders.Add("Via", "1.1 proxy");

        Assert.Matches(
            """^\{"uptime":[0-9]+\}$""", await http.GetStringAsync(path, TestContext.Current.CancellationToken).Soon());
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _server.AssertNoWarningsLogged();
    }

    /// <summary>A member by hub and one by HTTP, who read each other.</summary>
    private async Task<ChatClient> TalkAsync()
    {
        var ana = await ChatClient.ConnectAsync(_server);
        var room = await ana.CreateRoomAsync();
        await ana.JoinAsync(room, "ana");
        using var bot = await ApiClient.JoinedAsync(_server, room, "bot");
        await ana.SendAsync("hi");
        await ana.WaitForSeqAsync(await bot.PostMessageAsync("hello"));
        await bot.ReadAsync();
        return ana;
    }
}
