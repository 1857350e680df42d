using Microsoft.Playwright;
using RoomChat.BrowserTests.Support;
using RoomChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

[Trait("Browser", "Firefox")]
public sealed class RightToLeftTests(Browser browser) : BrowserTest(browser)
{
    private const string Name = "שרה";
    private const string Text = "مرحبا، سأكون هناك غدا!";

    private protected override BrowserNewContextOptions Options => new()
    {
        ViewportSize = new() { Width = 320, Height = 568 },
    };

    [Fact]
    public async Task AMessageRunsAsItsOwnScriptDoesAndANameTurnsNothingAround()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        Join(room, Name).Member.Post(Text);
        Join(room, "bo").Member.Post("hello!");
        await Expect(ana.Texts).ToHaveTextAsync([Text, "hello!"]);

        Assert.Equal("rtl", await DirectionAsync(ana.Texts.First));
        Assert.Equal("ltr", await DirectionAsync(ana.Texts.Last));
        await Expect(ana.Log.Locator("bdi.from")).ToHaveTextAsync([Name, "bo"]);
        await Expect(ana.Roster).ToHaveTextAsync(["ana", Name, "bo"]);
    }

    [Fact]
    public async Task NothingScrollsSidewaysInAPageThatRunsFromRightToLeft()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        Join(room, Name).Member.Post(Text);
        await ana.SendAsync(new string('W', 500));
        await Expect(ana.Pending).ToHaveCountAsync(0);

        await TurnAroundAsync(ana);
        await ana.AssertFitsAsync();
        await ana.GoAsync("/");
        await Expect(ana.RecentRooms).ToBeVisibleAsync();
        await TurnAroundAsync(ana);
        await ana.AssertFitsAsync();
    }

    private static Task<string> DirectionAsync(ILocator text) =>
        text.EvaluateAsync<string>("(text) => getComputedStyle(text).direction");

    private static async Task TurnAroundAsync(Window window) =>
        await window.Page.EvaluateAsync("() => { document.documentElement.dir = 'rtl'; }");
}
