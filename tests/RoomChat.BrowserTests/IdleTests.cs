using RoomChat.BrowserTests.Support;
using RoomChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

public sealed class IdleTests(Browser browser) : BrowserTest(browser, Pings.Often)
{
    private static readonly TimeSpan SeveralPings = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData("active")]
    [InlineData("frozen")]
    public async Task AnIdleTabStaysConnected(string lifecycle)
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        var bo = Join(room, "bo").Member;
        var statuses = await RecordedTexts.StartAsync(ana.Connection);

        await ana.SetLifecycleAsync(lifecycle);
        await Task.Delay(SeveralPings, TestContext.Current.CancellationToken);     // the time itself is what is tested
        await ana.SetLifecycleAsync("active");
        bo.Post("still there?");

        await Expect(ana.Texts).ToHaveTextAsync(["still there?"]);
        Assert.Empty(await statuses.AllAsync());
        Assert.Equal(1, Server.Connections);
    }
}
