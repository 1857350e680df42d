using Microsoft.Playwright;
using RoomChat.BrowserTests.Support;
using RoomChat.Rooms;
using RoomChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

/// <summary>Finding in what the page shows.</summary>
public sealed class FindTests(Browser browser) : BrowserTest(browser, ("Limits:MessagesPerSecond", "0"))
{
    [Fact]
    [Trait("Browser", "Firefox")]
    public async Task MatchesAreCountedMarkedAndGoneThroughByKeyboard()
    {
        var (ana, _) = await LongConversationAsync();
        await OpenByKeyboardAsync(ana);
        await Expect(Field(ana)).ToBeFocusedAsync();

        await ana.Page.Keyboard.TypeAsync("Cafe 1");
        await Expect(Count(ana)).ToHaveTextAsync("2 of 11");       // the first in view
        Assert.Equal(["café 1", "café 10", "café 11"], (await MarkedAsync(ana)).Take(3));
        await GoAsync("Enter", "3 of 11", "café 11");
        await GoAsync("Shift+Enter", "2 of 11", "café 10");
        await GoAsync("ArrowUp", "1 of 11", "café 1");
        await GoAsync("ArrowUp", "11 of 11", "café 19");
        await GoAsync("ArrowDown", "1 of 11", "café 1");
        await ana.Button("Previous match").ClickAsync();
        await Expect(Count(ana)).ToHaveTextAsync("11 of 11");
        await ana.Button("Next match").ClickAsync();

        await Field(ana).FillAsync("nowhere");
        await Expect(Count(ana)).ToHaveTextAsync("No matches");
        await Expect(Count(ana)).ToHaveAttributeAsync("aria-live", "polite");

        async Task GoAsync(string key, string count, string text)
        {
            await ana.Page.Keyboard.PressAsync(key);
            await Expect(Count(ana)).ToHaveTextAsync(count);
            await Expect(ana.Texts.Filter(new() { HasText = text }).First).ToBeInViewportAsync();
        }
    }

    [Fact]
    public async Task EscapeEndsItWithTheFocusWhereItWasAndThePageAtTheMatch()
    {
        var (ana, bo) = await LongConversationAsync();
        await OpenByKeyboardAsync(ana);
        await ana.Button("Only matches").ClickAsync();
        await Field(ana).FillAsync("café 3");
        await Expect(ana.Texts.Filter(new() { Visible = true })).ToHaveTextAsync(["café 3"]);

        await Field(ana).PressAsync("Escape");

        await Expect(Field(ana)).ToBeHiddenAsync();
        await Expect(ana.Button("About this room")).ToBeFocusedAsync();
        Assert.Empty(await MarkedAsync(ana));
        await Expect(ana.Texts.Filter(new() { HasText = "café 2" })).ToBeInViewportAsync();
        bo.Post("later");
        await Expect(ana.Pill).ToHaveTextAsync("1 new");
        await Expect(ana.Texts.Filter(new() { HasText = "café 3" })).ToBeInViewportAsync();
    }

    [Fact]
    public async Task WhatComesMeanwhileIsFoundAndWhatIsFilteredOutIsNotTakenAsRead()
    {
        var (ana, bo) = await LongConversationAsync();
        await OpenByKeyboardAsync(ana);
        await Field(ana).FillAsync("café 3");
        await ana.Button("Only matches").ClickAsync();
        await Expect(Count(ana)).ToHaveTextAsync("1 of 1");

        bo.Post("like CAFÉ 3");
        await Expect(Count(ana)).ToHaveTextAsync("1 of 2");
        Join(bo.Room.Code.ToString(), "cy").Member.Post("something else");
        await Expect(ana.Pill).ToHaveTextAsync("2 new");
        await Expect(ana.Texts.Filter(new() { HasText = "something else" })).ToBeHiddenAsync();

        await ana.Pill.ClickAsync();
        await Expect(ana.Texts.Last).ToBeInViewportAsync();
        await Expect(ana.Pill).ToBeHiddenAsync();
    }

    [Fact]
    public async Task NamesAndNoticesAreFoundButNotWhoeverIsMuted()
    {
        var (ana, bo) = await LongConversationAsync();
        await OpenByKeyboardAsync(ana);
        await Field(ana).FillAsync("BO");
        await Expect(Count(ana)).ToContainTextAsync(" of 2");
        Assert.Equal(["Bó", "Bó"], await MarkedAsync(ana));       // "You and Bó joined", and the name of the group

        await ana.Page.GetByLabel("What you can do about Bó").ClickAsync();
        await ana.Button("Mute").ClickAsync();

        await Expect(Count(ana)).ToContainTextAsync(" of 1");
        Assert.NotNull(bo);
    }

    [Fact]
    public async Task ItIsReachedInADirectChatAndFitsTheSmallestPhone()
    {
        var bo = await SignedUpAsync("Bo", await OpenInAnotherBrowserAsync("/account/sign-up"));
        var ana = await SignedUpAsync("Ana");
        await ana.Page.SetViewportSizeAsync(320, 568);
        await ana.ChatWithAsync("Bo");
        await Expect(ana.Connection).ToHaveTextAsync("Connected");
        await ana.SendAsync("hello there");

        await ana.Button("About this chat").ClickAsync();
        await Expect(ana.Button("Lock the room")).ToBeHiddenAsync();
        await ana.Button("Find…").ClickAsync();
        await Field(ana).FillAsync("hello");

        await Expect(Count(ana)).ToHaveTextAsync("1 of 1");
        Assert.True(await ana.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        foreach (var button in await ana.Page.Locator("#find button").AllAsync())
            await Expect(button).ToBeInViewportAsync(new() { Ratio = 1 });
        await ana.Button("Stop finding").ClickAsync();
        await Expect(Field(ana)).ToBeHiddenAsync();
        Assert.NotNull(bo);
    }

    private async Task<(Window Ana, Member Bo)> LongConversationAsync()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        var bo = Join(room, "Bó").Member;
        foreach (var n in Enumerable.Range(0, 20)) bo.Post($"café {n}");
        await Expect(ana.Texts).ToHaveCountAsync(20);
        return (ana, bo);
    }

    private static ILocator Field(Window window) => window.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Find" });

    private static ILocator Count(Window window) => window.Page.Locator("#find-count");

    private static async Task OpenByKeyboardAsync(Window window)
    {
        await window.ToFrontAsync();
        await window.Button("About this room").FocusAsync();
        await window.Page.Keyboard.PressAsync("Enter");
        await window.Button("Find…").FocusAsync();
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(Field(window)).ToBeVisibleAsync();
    }

    /// <summary>The texts that are marked; of a match, the words up to the next blank or end.</summary>
    private static Task<string[]> MarkedAsync(Window window) => window.Page.EvaluateAsync<string[]>("""
        () => [...CSS.highlights.get('found')].map((range) => {
          const text = range.endContainer.textContent;
          return range.toString() + text.slice(range.endOffset).match(/^\d*/)[0];
        })
        """);
}
