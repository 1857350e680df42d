using RoomChat.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

/// <summary>What was said and changes, as two browsers see it.</summary>
public sealed class AmendingTests(Browser browser) : BrowserTest(browser, ("Limits:MessagesPerSecond", "0"))
{
    [Fact]
    [Trait("Browser", "Firefox")]
    public async Task AnEditIsSeenAtItsPlaceAndTheDraftComesBack()
    {
        var (ana, bo, _) = await TwoBrowsersAsync();
        await ana.SendAsync("at tne");
        await ana.SendAsync("bring keys");
        await Expect(bo.Texts).ToHaveCountAsync(2);
        await ana.Text.FillAsync("half a thou");

        await ana.ActAsync("at tne", "Edit");
        await Expect(ana.Text).ToHaveValueAsync("at tne");
        await Expect(ana.Strip).ToContainTextAsync("Editing your message");
        await ana.Text.FillAsync("at ten");
        await ana.Button("Send").ClickAsync();

        await Expect(bo.Texts).ToHaveTextAsync(["at ten", "bring keys"]);
        await Expect(bo.Edited).ToHaveCountAsync(1);
        await Expect(ana.Text).ToHaveValueAsync("half a thou");
        await Expect(ana.Strip).ToBeHiddenAsync();
        await bo.Page.ReloadAsync();
        await Expect(bo.Texts).ToHaveTextAsync(["at ten", "bring keys"]);
        await Expect(bo.Edited).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task EscapeEndsAnEditAndARefusedOneStaysInTheComposer()
    {
        var (ana, bo, _) = await TwoBrowsersAsync();
        await ana.SendAsync("one");
        await Expect(bo.Texts).ToHaveCountAsync(1);

        await ana.ActAsync("one", "Edit");
        await ana.Text.FillAsync("two");
        await ana.Page.Keyboard.PressAsync("Escape");
        await Expect(ana.Strip).ToBeHiddenAsync();
        await Expect(ana.Text).ToHaveValueAsync("");

        await ana.ActAsync("one", "Edit");
        await ana.Text.FillAsync("ring \u0007");
        await ana.Button("Send").ClickAsync();
        await Expect(ana.TextError).Not.ToBeEmptyAsync();
        await Expect(ana.Strip).ToBeVisibleAsync();
        await Expect(bo.Texts).ToHaveTextAsync(["one"]);
    }

    [Fact]
    [Trait("Browser", "Firefox")]
    public async Task AMessageThatIsTakenBackLeavesWhoDidItAlsoForNewcomers()
    {
        var (ana, bo, _) = await TwoBrowsersAsync();
        await bo.SendAsync("mine to take back");
        await bo.SendAsync("the owner's to remove");
        await Expect(ana.Texts).ToHaveCountAsync(2);

        await bo.ActAsync("mine to take back", "Take back…");
        await Expect(bo.Page.Locator("#act-words")).ToContainTextAsync("Others may have read it already");
        await bo.Button("Take back").ClickAsync();
        await ana.ActAsync("the owner's to remove", "Remove…");
        await ana.Button("Remove").ClickAsync();

        await Expect(ana.Stubs).ToHaveTextAsync(["bo took back a message", "Message removed by you"]);
        await Expect(bo.Stubs).ToHaveTextAsync(["You took back a message", "Message removed by ana"]);
        await ana.Page.ReloadAsync();
        await Expect(ana.Stubs).ToHaveTextAsync(["bo took back a message", "Message removed by you"]);
        await Expect(ana.Texts).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task OnlyMineCanBeEditedAndOnlyTheOwnerRemovesWhatOthersSaid()
    {
        var (ana, bo, _) = await TwoBrowsersAsync();
        await ana.SendAsync("hello");
        await Expect(bo.Texts).ToHaveCountAsync(1);

        await bo.ToFrontAsync();
        await bo.OpenActionsAsync("hello");

        await Expect(bo.Button("Answer")).ToBeVisibleAsync();
        await Expect(bo.Button("Edit")).ToBeHiddenAsync();
        await Expect(bo.Button("Remove…")).ToBeHiddenAsync();
    }

    [Fact]
    [Trait("Browser", "Firefox")]
    public async Task AnAnswerShowsWhatItAnswersAndLeadsThere()
    {
        var (ana, bo, _) = await TwoBrowsersAsync();
        await ana.SendAsync("Shall we meet\nat the mill?");
        await ana.SendAllAsync(Enumerable.Range(1, 20).Select(n => $"line {n}\n\n\n"));
        await Expect(bo.Texts).ToHaveCountAsync(21);

        await bo.ToFrontAsync();
        await bo.ActAsync("Shall we meet", "Answer");
        await Expect(bo.Strip).ToContainTextAsync("Answering ana: Shall we meet");
        await bo.Text.FillAsync("gladly");
        await bo.Page.Keyboard.PressAsync("Enter");
        await Expect(bo.Strip).ToBeHiddenAsync();
        await Expect(ana.Quotes).ToHaveTextAsync(["You Shall we meet"]);

        await ana.ToFrontAsync();
        await ana.Quotes.ClickAsync();
        await Expect(ana.Texts.First).ToBeInViewportAsync();
        await Expect(ana.Messages.First).ToHaveClassAsync("message found");
        await ana.ActAsync("Shall we meet", "Edit");
        await ana.Text.FillAsync("Shall we meet at ten?");
        await ana.Button("Send").ClickAsync();
        await Expect(bo.Quotes).ToHaveTextAsync(["ana Shall we meet at ten?"]);
        await ana.ActAsync("Shall we meet at ten?", "Take back…");
        await ana.Button("Take back").ClickAsync();
        await Expect(bo.Quotes).ToHaveTextAsync(["A message that was taken back"]);
    }

    [Fact]
    public async Task WhatChangesAboveDoesNotMoveAReader()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        await ana.SendAllAsync(["first", .. Enumerable.Range(2, 30).Select(n => $"line {n}")]);
        await Expect(ana.Pending).ToHaveCountAsync(0);
        await ana.ActAsync("first", "Edit");
        await ana.Text.FillAsync("first\nis\nlonger\nnow");
        await ana.Page.Locator("#scroller").EvaluateAsync("(scroller) => { scroller.scrollTop = 300; }");
        var before = await TopAsync();

        await ana.Page.Locator("#composer").EvaluateAsync("(form) => form.requestSubmit()");
        await Expect(ana.Edited).ToHaveCountAsync(1);

        Assert.InRange(await TopAsync() - before, -1, 1);

        Task<double> TopAsync() => ana.Texts.Filter(new() { HasText = "line 15" })
            .EvaluateAsync<double>("(text) => text.getBoundingClientRect().top");
    }

    [Fact]
    public async Task TheActionsNeedNoPointerAndMoveNothing()
    {
        var (ana, bo, _) = await TwoBrowsersAsync();
        await ana.SendAsync("first");
        await ana.SendAsync("second");
        await Expect(bo.Texts).ToHaveCountAsync(2);
        await ana.ToFrontAsync();
        var places = await PlacesAsync();

        await ana.TabToAsync(ana.Actions("second"));
        await ana.Page.Keyboard.PressAsync("ArrowUp");
        await Expect(ana.Actions("first")).ToBeFocusedAsync();
        await ana.Page.Keyboard.PressAsync("Enter");
        await Expect(ana.Button("Answer")).ToBeVisibleAsync();
        Assert.Equal(places, await PlacesAsync());
        await ana.Page.Keyboard.PressAsync("Escape");
        await Expect(ana.Button("Answer")).ToBeHiddenAsync();
        await Expect(ana.Actions("first")).ToBeFocusedAsync();

        await ana.Page.Keyboard.PressAsync("Enter");
        await ana.TabToAsync(ana.Button("Edit"));
        await ana.Page.Keyboard.PressAsync("Enter");
        await Expect(ana.Text).ToBeFocusedAsync();
        await ana.Page.Keyboard.TypeAsync(" of all");
        await ana.Page.Keyboard.PressAsync("Enter");
        await Expect(bo.Texts).ToHaveTextAsync(["first of all", "second"]);

        Task<double[]> PlacesAsync() => ana.Page.EvaluateAsync<double[]>("""
            () => [...document.querySelectorAll('.message, #composer')].map((box) => box.getBoundingClientRect().top)
            """);
    }
}
