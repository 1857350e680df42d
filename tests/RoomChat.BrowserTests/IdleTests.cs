using RoomChat.BrowserTests.Support;
using RoomChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

public sealed class IdleTests(Browser browser) : BrowserTest(browser, Pings.Often)
{
    [Theory]
    [InlineData("active")]
    [InlineData("frozen")]
    public async Task AnIdleTabAnswersPingsAndStaysConnected(string lifecycle)
    {
        var room = NewRoom();
        var ana = await JoinedThroughProxyAsync(room, "ana");
        var bo = Join(room, "bo").Member;
        await Expect(ana.Roster).ToHaveCountAsync(2);
        var statuses = await RecordedTexts.StartAsync(ana.Connection);

        await ana.SetLifecycleAsync(lifecycle);
        await WaitForPongsAsync(4);
        await ana.SetLifecycleAsync("active");
        bo.Post("still there?");

        await Expect(ana.Texts).ToHaveTextAsync(["still there?"]);
        Assert.Empty(await statuses.AllAsync());
        Assert.Equal(1, Server.Connections);
    }
}
