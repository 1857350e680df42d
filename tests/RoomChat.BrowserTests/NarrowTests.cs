using Microsoft.Playwright;
using RoomChat.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

public sealed class NarrowTests(Browser browser) : BrowserTest(browser)
{
    private protected override BrowserNewContextOptions Options => new() { ViewportSize = new() { Width = 320, Height = 568 } };

    [Fact]
    public async Task NothingScrollsSidewaysAt320Pixels()
    {
        var room = NewRoom();
        var word = new string('W', 500);
        var ana = await JoinedAsync(room, new string('M', 20));
        var bo = await JoinedAsync(room, new string('W', 20));
        await bo.SayAsync(word);
        await Expect(ana.Texts).ToHaveTextAsync([word]);
        await ana.Text.FillAsync(word);
        await Task.WhenAll(FitsAsync(ana), FitsAsync(bo));

        var home = await OpenAsync();
        await Expect(home.Lately).ToBeVisibleAsync();
        await FitsAsync(home);
        home.AllowStatus(404);
        await home.GoAsync("/r/" + word);
        await FitsAsync(home);
        var asked = await OpenAsync($"/r/{room}");
        await Expect(asked.AskName).ToBeVisibleAsync();
        await FitsAsync(asked);
    }

    private static async Task FitsAsync(Window window)
    {
        var tooWide = await window.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('html, body, main, section, header, aside, ol, ul, form, dialog')]
              .filter((box) => box.scrollWidth > box.clientWidth && box.clientWidth > 0)
              .map((box) => `${box.tagName}#${box.id} ${box.scrollWidth} > ${box.clientWidth}`)
            """);
        Assert.Empty(tooWide);
        Assert.True(await window.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 320"));
    }
}
