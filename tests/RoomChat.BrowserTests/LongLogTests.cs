using RoomChat.BrowserTests.Support;
using RoomChat.Rooms;
using RoomChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

/// <summary>What is far from what one sees is not in the document, and comes when one goes there.</summary>
public sealed class LongLogTests(Browser browser)
    : BrowserTest(browser, ("Limits:MessagesPerSecond", "0"), ("Limits:History", "5000"))
{
    private const int Messages = 3_000;

    private long _firstSeq;

    [Fact]
    public async Task TheDocumentStaysSmallAndScrollingBackShowsEveryMessageInOrder()
    {
        var (ana, _) = await LongLogAsync();
        Assert.InRange(await ana.Page.EvaluateAsync<int>("() => document.querySelectorAll('*').length"), 1, 2_000);

        var seen = await ana.Page.EvaluateAsync<int[]>("""
            async () => {
              const scroller = document.getElementById('scroller');
              const seen = new Set();
              for (let still = 0; still < 10;) {
                const before = seen.size;
                const shown = [...document.querySelectorAll('#lines .message .text')]
                  .map(({ textContent }) => Number(textContent.split(' ')[1]));
                if (shown.some((number, i) => i > 0 && number !== shown[i - 1] + 1)) return [-1];
                for (const number of shown) seen.add(number);
                still = seen.size === before ? still + 1 : 0;
                scroller.scrollTop -= scroller.clientHeight / 2;
                await new Promise((resolve) => requestAnimationFrame(resolve));
              }
              return [...seen].sort((one, other) => one - other);
            }
            """);

        Assert.Equal(Enumerable.Range(0, Messages), seen);
    }

    [Fact]
    public async Task WhatANewMessageDoesMovesNothingForWhoeverReadsFurtherUp()
    {
        var (ana, bo) = await LongLogAsync();
        await ana.ScrollUpAsync();
        await ana.ScrollUpAsync();
        // By its text, since earlier ones may come before it meanwhile.
        var text = await ana.Texts.Nth(5).TextContentAsync();
        var same = ana.Texts.Filter(new() { HasTextString = text! }).First;
        var top = (await same.BoundingBoxAsync())!.Y;

        foreach (var n in Enumerable.Range(0, 200)) bo.Post($"later {n}");

        await Expect(ana.Pill).ToHaveTextAsync("200 new");
        Assert.Equal(top, (await same.BoundingBoxAsync())!.Y, tolerance: 1);
    }

    [Fact]
    public async Task AQuoteOfAMessageThatIsFarUpLeadsThere()
    {
        var (ana, bo) = await LongLogAsync();
        (await bo.Room.PostAsync(bo, "an answer", id: null, replyTo: _firstSeq)).OrFail();
        await Expect(ana.Texts.Last).ToHaveTextAsync("an answer");

        await ana.Quotes.ClickAsync();

        await Expect(ana.Texts.Filter(new() { HasText = "line 0 " })).ToBeInViewportAsync();
    }

    [Fact]
    public async Task OfManyPeopleSomeAreListedAndTheOthersOnDemand()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        foreach (var n in Enumerable.Range(1, 89)) Join(room, $"member {n}");

        await Expect(ana.Button("40 more")).ToBeVisibleAsync();
        await Expect(ana.Page.Locator("#count")).ToHaveTextAsync("90");
        await Expect(ana.Roster).ToHaveCountAsync(50);
        await Expect(ana.Roster.First).ToHaveTextAsync("ana");

        await ana.Button("40 more").ClickAsync();
        await Expect(ana.Roster).ToHaveCountAsync(90);
        await Expect(ana.Page.Locator("#more-people")).ToBeHiddenAsync();
    }

    private async Task<(Window Ana, Member Bo)> LongLogAsync()
    {
        var room = NewRoom();
        var bo = Join(room, "bo").Member;
        _firstSeq = bo.Post("line 0 of many");
        foreach (var n in Enumerable.Range(1, Messages - 1)) bo.Post($"line {n} of many");
        var ana = await JoinedAsync(room, "ana");
        await Expect(ana.Texts.Last).ToHaveTextAsync($"line {Messages - 1} of many");
        return (ana, bo);
    }
}
