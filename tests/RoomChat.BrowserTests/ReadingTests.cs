using System.Text.RegularExpressions;
using RoomChat.BrowserTests.Support;
using RoomChat.Rooms;
using RoomChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

[Trait("Browser", "Firefox")]
public sealed class ReadingTests(Browser browser) : BrowserTest(browser, ("Limits:MessagesPerSecond", "0"))
{
    [Fact]
    public async Task AReaderWhoScrolledUpStaysThereAndIsToldHowManyMessagesAreNew()
    {
        var (ana, bo) = await LongConversationAsync();
        await ana.ScrollUpAsync();

        bo.Post("new 1");
        await Expect(ana.Pill).ToHaveTextAsync("1 new");
        bo.Post("new 2");
        await Expect(ana.Pill).ToHaveTextAsync("2 new");
        await Expect(ana.Page).ToHaveTitleAsync(new Regex(@"^\(2\) "));
        await Expect(ana.Page.Locator("link[rel=icon]")).ToHaveAttributeAsync("href", new Regex("unread=2$"));
        Assert.Equal(0, await ana.Page.Locator("#scroller").EvaluateAsync<int>("(scroller) => scroller.scrollTop"));
        await Expect(ana.Unread).ToHaveCountAsync(1);

        await ana.Pill.ClickAsync();
        await Expect(ana.Pill).ToBeHiddenAsync();
        await Expect(ana.Texts.Last).ToBeInViewportAsync();
        await Expect(ana.Page).ToHaveTitleAsync(new Regex(@"^[^(]"));
        await Expect(ana.Unread).ToHaveCountAsync(1);     // still marked, until the reader looks away
    }

    [Fact]
    public async Task AReaderWhoScrollsUpWhileTheViewShrinksIsNotBroughtBack()
    {
        var (ana, bo) = await LongConversationAsync();

        await ana.Page.EvaluateAsync("""
            () => {
              document.getElementById('text').style.minHeight = '150px';
              document.getElementById('scroller').scrollTop = 0;
            }
            """);
        bo.Post("new");

        await Expect(ana.Pill).ToHaveTextAsync("1 new");
        Assert.Equal(0, await ana.Page.Locator("#scroller").EvaluateAsync<int>("(scroller) => scroller.scrollTop"));
    }

    [Fact]
    public async Task WhatComesAfterTheUnreadMarkMovesNothingBeforeIt()
    {
        var (ana, bo) = await LongConversationAsync();
        await ana.ScrollUpAsync();
        bo.Post("new 1");
        await Expect(ana.Unread).ToHaveCountAsync(1);
        await ana.Page.EvaluateAsync("""
            () => {
              globalThis.removed = 0;
              new MutationObserver((changes) => {
                for (const { removedNodes } of changes) removed += removedNodes.length;
              }).observe(document.getElementById('lines'), { childList: true });
            }
            """);

        bo.Post("new 2");

        await Expect(ana.Pill).ToHaveTextAsync("2 new");
        Assert.Equal(0, await ana.Page.EvaluateAsync<int>("removed"));
    }

    [Fact]
    public async Task AReaderAtTheBottomStaysThere()
    {
        var (ana, bo) = await LongConversationAsync();

        bo.Post("new");

        await Expect(ana.Texts.Last).ToHaveTextAsync("new");
        await Expect(ana.Texts.Last).ToBeInViewportAsync();
        await Expect(ana.Pill).ToBeHiddenAsync();
        await Expect(ana.Unread).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task AReaderWhoReturnsFindsTheFirstUnreadLineMarked()
    {
        var (ana, bo) = await LongConversationAsync();
        await ana.HideAsync(true);
        bo.Post("the first of the new");
        foreach (var n in Enumerable.Range(0, 30)) bo.Post($"more {n}");
        await Expect(ana.Page).ToHaveTitleAsync(new Regex(@"^\(31\) "));

        await ana.HideAsync(false);

        await Expect(ana.Unread).ToBeInViewportAsync();
        await Expect(ana.Texts.Filter(new() { HasText = "the first of the new" })).ToBeInViewportAsync();
        await Expect(ana.Pill).ToHaveTextAsync("31 new");
    }

    [Fact]
    public async Task HistoryIsNotNewsAndIsNotReadAloud()
    {
        var (ana, bo) = await LongConversationAsync();
        await ana.Page.AddInitScriptAsync("""
            globalThis.liveWhenAdded = [];
            addEventListener('DOMContentLoaded', () => {
              const log = document.getElementById('log');
              new MutationObserver((changes) => {
                for (const { addedNodes } of changes)
                  for (const node of addedNodes) if (node.matches?.('.message')) liveWhenAdded.push(log.ariaLive);
              }).observe(log, { childList: true, subtree: true });
            });
            """);
        await ana.Page.ReloadAsync();
        await Expect(ana.Texts).ToHaveCountAsync(20);

        await Expect(ana.Pill).ToBeHiddenAsync();
        await Expect(ana.Log).ToHaveAttributeAsync("aria-live", "polite");
        bo.Post("and on");
        await Expect(ana.Texts).ToHaveCountAsync(21);
        var live = await ana.Page.EvaluateAsync<string[]>("liveWhenAdded");
        Assert.Equal([.. Enumerable.Repeat("off", 20), "polite"], live);
    }

    [Fact]
    public async Task ThreeThousandMessagesLeaveTheDocumentSmallAndAreReadBackInOrder()
    {
        const int Count = 3_000;
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        var bo = Join(room, "bo").Member;
        foreach (var n in Enumerable.Range(0, Count)) bo.Post($"line {n}");
        await Expect(ana.Texts.Last).ToHaveTextAsync($"line {Count - 1}");

        var (read, most) = await ReadBackAsync(ana);

        Assert.Equal(Enumerable.Range(0, Count), read);
        Assert.InRange(most, 1, 5_000);
    }

    /// <summary>Scrolls to the beginning: the lines' numbers in order, and how many nodes there were at most.</summary>
    private static async Task<(IEnumerable<int> Read, int MostNodes)> ReadBackAsync(Window window)
    {
        var seen = await window.Page.EvaluateAsync<int[][]>("""
            async () => {
              const scroller = document.getElementById('scroller');
              const drawn = () => [...document.querySelectorAll('.message .text')]
                .map(({ textContent }) => Number(textContent.split(' ')[1]));
              const pause = () => new Promise((resolve) => setTimeout(resolve, 20));
              let [read, most] = [drawn(), 0];
              for (let waited = 0; read[0] > 0 && waited < 1_000; waited++) {
                scroller.scrollTop = 0;
                await pause();
                const older = drawn();
                read = [...older.slice(0, Math.max(0, older.indexOf(read[0]))), ...read];
                most = Math.max(most, document.querySelectorAll('*').length);
              }
              return [read, [most]];
            }
            """);
        return (seen[0], seen[1][0]);
    }

    private async Task<(Window Ana, Member Bo)> LongConversationAsync()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        var bo = Join(room, "bo").Member;
        foreach (var n in Enumerable.Range(0, 20)) bo.Post($"line {n}");
        await Expect(ana.Texts).ToHaveCountAsync(20);
        return (ana, bo);
    }
}
