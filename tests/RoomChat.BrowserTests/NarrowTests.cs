using Microsoft.Playwright;
using RoomChat.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

public sealed class NarrowTests(Browser browser) : BrowserTest(browser)
{
    private protected override BrowserNewContextOptions Options => new()
    {
        ViewportSize = new() { Width = 320, Height = 568 },
    };

    [Fact]
    [Trait("Browser", "Firefox")]
    public async Task NothingScrollsSidewaysAt320Pixels()
    {
        var room = NewRoom();
        var word = new string('W', 500);
        var ana = await JoinedAsync(room, new string('M', 20));
        var bo = await JoinedAsync(room, new string('W', 20));
        await bo.SendAsync(word);
        await Expect(ana.Texts).ToHaveTextAsync([word]);
        await ana.Text.FillAsync(word);
        await Task.WhenAll(AssertFitsAsync(ana), AssertFitsAsync(bo));

        var home = await OpenAsync();
        await Expect(home.RecentRooms).ToBeVisibleAsync();
        await AssertFitsAsync(home);
        home.AllowStatus(404);
        await home.GoAsync("/r/" + word);
        await AssertFitsAsync(home);
        var asked = await OpenAsync($"/r/{room}");
        await Expect(asked.AskName).ToBeVisibleAsync();
        await AssertFitsAsync(asked);
    }

    [Theory]
    [InlineData(320)]
    [InlineData(390)]
    public async Task TheHeadIsOneRowWithTheWholeCode(int width)
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        for (var n = 1; n <= 11; n++) Join(room, $"member {n}");
        await ana.Page.SetViewportSizeAsync(width, 640);
        await Expect(ana.Roster).ToHaveCountAsync(12);

        Assert.True(await ana.Page.EvaluateAsync<bool>("""
            () => {
              const [code, people] = ['#copy', '.people'].map((part) =>
                document.querySelector(part).getBoundingClientRect());
              const words = document.createRange();
              words.selectNodeContents(document.getElementById('copy'));
              const { left, right } = words.getBoundingClientRect();
              const notch = 0.28 * parseFloat(getComputedStyle(document.getElementById('copy')).fontSize);
              return left - code.left > 1.5 * notch && code.right - right > 1.5 * notch && code.bottom > people.top
                && people.right <= innerWidth;
            }
            """));
    }

    [Fact]
    public async Task TheCountOfPeopleStaysReadableAmongLongNames()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        Join(room, new string('W', 20));

        await Expect(ana.Roster).ToHaveCountAsync(2);
        Assert.True(await ana.Page.Locator("#roster-title").EvaluateAsync<bool>(
            "(title) => title.offsetHeight < 2 * parseFloat(getComputedStyle(title).lineHeight)"));
    }

    /// <summary>Nothing scrolls sideways or grows over the edge of its parent.</summary>
    private static async Task AssertFitsAsync(Window window) =>
        Assert.Empty(await window.Page.EvaluateAsync<string[]>("""
        () => {
          const inner = (box) => box.getBoundingClientRect().right - parseFloat(getComputedStyle(box).paddingRight);
          const mayScroll = (box) => box.tagName === 'INPUT' || box.classList.contains('visually-hidden');
          const scrolls = (box) => !mayScroll(box) && box.scrollWidth > box.clientWidth;
          const tooWide = (box) => scrolls(box) || box.getBoundingClientRect().right > inner(box.parentElement) + 1;
          const boxes = 'body, main, main > *, .room, .room > *, .log, .log > *, dialog[open], dialog[open] *';
          return [...document.querySelectorAll(boxes)]
            .filter((box) => box.clientWidth > 0 && tooWide(box))
            .map((box) => `${box.tagName}#${box.id}.${box.className}`);
        }
        """));
}
