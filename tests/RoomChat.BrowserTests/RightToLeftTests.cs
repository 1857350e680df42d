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

        await AssertFitsFromRightToLeftAsync(ana);
        await ana.GoAsync("/");
        await Expect(ana.RecentRooms).ToBeVisibleAsync();
        await AssertFitsFromRightToLeftAsync(ana);
    }

    private static Task<string> DirectionAsync(ILocator text) =>
        text.EvaluateAsync<string>("(text) => getComputedStyle(text).direction");

    private static async Task AssertFitsFromRightToLeftAsync(Window window) =>
        Assert.Empty(await window.Page.EvaluateAsync<string[]>("""
            () => {
              document.documentElement.dir = 'rtl';
              const { scrollWidth, clientWidth } = document.documentElement;
              const isOutside = (box) => {
                const { left, right, width } = box.getBoundingClientRect();
                return width > 1 && (left < -1 || right > clientWidth + 1);
              };
              const outside = [...document.querySelectorAll('main *, header *')]
                .filter((box) => box.checkVisibility({ visibilityProperty: true }) && isOutside(box))
                .map((box) => `${box.tagName}#${box.id}.${box.className}`);
              return scrollWidth > clientWidth ? ['html', ...outside] : outside;
            }
            """));
}
