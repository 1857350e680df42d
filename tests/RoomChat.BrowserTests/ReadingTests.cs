using System.Text.RegularExpressions;
using RoomChat.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

public sealed class ReadingTests(Browser browser) : BrowserTest(browser, ("Limits:MessagesPerSecond", "0"))
{
    [Fact]
    public async Task WhoeverReadsAboveStaysThereAndIsToldWhatIsNew()
    {
        var (ana, bo) = await LongTalkAsync();
        await ana.ScrollUpAsync();

        await bo.SayAsync("new 1");
        await Expect(ana.Pill).ToHaveTextAsync("1 new");
        await bo.SayAsync("new 2");
        await Expect(ana.Pill).ToHaveTextAsync("2 new");
        await Expect(ana.Page).ToHaveTitleAsync(new Regex(@"^\(2\) "));
        Assert.Equal(0, await ana.Page.Locator("#scroller").EvaluateAsync<int>("(scroller) => scroller.scrollTop"));
        await Expect(ana.Unread).ToHaveCountAsync(1);

        await ana.Pill.ClickAsync();
        await Expect(ana.Pill).ToBeHiddenAsync();
        await Expect(ana.Texts.Last).ToBeInViewportAsync();
        await Expect(ana.Page).ToHaveTitleAsync(new Regex(@"^[^(]"));
        await Expect(ana.Unread).ToHaveCountAsync(1);     // still marked, for as long as one reads
    }

    [Fact]
    public async Task WhoeverIsAtTheBottomStaysThere()
    {
        var (ana, bo) = await LongTalkAsync();

        await bo.SayAsync("new");

        await Expect(ana.Texts.Last).ToHaveTextAsync("new");
        await Expect(ana.Texts.Last).ToBeInViewportAsync();
        await Expect(ana.Pill).ToBeHiddenAsync();
        await Expect(ana.Unread).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task WhoeverLooksAwayFindsTheFirstUnreadLineMarkedOnReturn()
    {
        var (ana, bo) = await LongTalkAsync();
        await ana.HideAsync(true);
        await bo.SayAsync("the first of the new");
        await bo.SayAllAsync(Enumerable.Range(0, 30).Select(n => $"more {n}"));
        await Expect(ana.Page).ToHaveTitleAsync(new Regex(@"^\(31\) "));

        await ana.HideAsync(false);

        await Expect(ana.Unread).ToBeInViewportAsync();
        await Expect(ana.Texts.Filter(new() { HasText = "the first of the new" })).ToBeInViewportAsync();
        await Expect(ana.Pill).ToHaveTextAsync("31 new");
    }

    [Fact]
    public async Task HistoryIsNotNewsAndIsNotReadAloud()
    {
        var (ana, bo) = await LongTalkAsync();
        await bo.Page.ReloadAsync();
        await Expect(bo.Texts).ToHaveCountAsync(20);

        await Expect(bo.Pill).ToBeHiddenAsync();
        await Expect(bo.Log).ToHaveAttributeAsync("aria-live", "off");
        await Expect(bo.Log).ToHaveAttributeAsync("aria-live", "polite");
        await ana.SayAsync("and on");
        await Expect(bo.Texts).ToHaveCountAsync(21);
    }

    private async Task<(Window Ana, Window Bo)> LongTalkAsync()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        var bo = await JoinedAsync(room, "bo");
        await bo.SayAllAsync(Enumerable.Range(0, 20).Select(n => $"line {n}"));
        await Expect(ana.Texts).ToHaveCountAsync(20);
        await Expect(bo.Pending).ToHaveCountAsync(0);
        return (ana, bo);
    }
}
