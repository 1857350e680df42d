using System.Text.Json;
using RoomChat.BrowserTests.Support;
using RoomChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

[Trait("Browser", "Firefox")]
public sealed class BellTests(BrowserWithNotifications browser)
    : BrowserTest(browser), IClassFixture<BrowserWithNotifications>
{
    private const string CountSounds = """
        globalThis.sounds = 0;
        const start = OscillatorNode.prototype.start;
        OscillatorNode.prototype.start = function (at) { globalThis.sounds++; start.call(this, at); };
        """;

    // Chromium forgets a notification if it is asked for them while it shows one, so what counts is when it is shown.
    private const string CountShown = """
        globalThis.shown = 0;
        const registrations = globalThis.ServiceWorkerRegistration?.prototype ?? {};     // none in an empty page
        const show = registrations.showNotification;
        registrations.showNotification = async function (...notification) {
          await show.apply(this, notification);
          globalThis.shown++;
        };
        """;

    private const string LookAway =
        "() => { Object.defineProperty(document, 'hasFocus', { value: () => false, configurable: true }); }";

    private const string LookBack = "() => { delete document.hasFocus; }";

    [Fact]
    public async Task AMessageCallsWhoLooksAwayOnceWithRoomAndSenderAndTheWordsOnlyIfAskedFor()
    {
        await Context.GrantPermissionsAsync(["notifications"]);
        await Context.AddInitScriptAsync(CountShown);
        await Context.AddInitScriptAsync(CountSounds);
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        var bo = Join(room, "bo").Member;
        await ChooseAsync(ana, "When somebody mentions me");
        await ana.Page.GetByLabel("At every message").CheckAsync();
        await Expect(ana.Page.Locator("#bell-permission")).ToHaveTextAsync("Notifications are allowed.");
        await WaitForWorkerAsync(ana);
        var tried = await SoundsAsync(ana);

        bo.Post("while looking");
        await Expect(ana.Texts).ToHaveTextAsync(["while looking"]);
        await ana.Page.EvaluateAsync(LookAway);
        bo.Post("secret");
        await Wait.UntilAsync(async () => await SoundsAsync(ana) > tried, "the sound");
        await WaitUntilShownAsync(ana, 1);

        Assert.Equal([(room, "bo wrote")], await NotificationsAsync(ana));
        Assert.Equal(tried + 2, await SoundsAsync(ana));
        await ana.Page.GetByLabel("Show the words in notifications").CheckAsync();
        bo.Post("in words");
        await WaitUntilShownAsync(ana, 2);
        Assert.Equal([(room, "bo: in words")], await NotificationsAsync(ana));
        await ana.Page.EvaluateAsync(LookBack);
        bo.Post("looking again");
        await Expect(ana.Texts).ToHaveCountAsync(4);
        Assert.Equal([(room, "bo: in words")], await NotificationsAsync(ana));
    }

    [Fact]
    public async Task SetToMentionsItStaysSilentForOtherMessagesAndIsRememberedForTheRoom()
    {
        await Context.GrantPermissionsAsync(["notifications"]);
        await Context.AddInitScriptAsync(CountShown);
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        var bo = Join(room, "bo").Member;
        await ChooseAsync(ana, "When somebody mentions me");
        await WaitForWorkerAsync(ana);
        await ana.Page.ReloadAsync();
        await ana.WaitUntilConnectedAsync();
        await Expect(ana.Button("Bell: when I am mentioned")).ToBeVisibleAsync();
        await ana.Page.EvaluateAsync(LookAway);

        bo.Post("to nobody");
        bo.Post("for @ana");
        await WaitUntilShownAsync(ana, 1);

        Assert.Equal([(room, "bo wrote")], await NotificationsAsync(ana));
        var other = await JoinedAsync(NewRoom(), "ana");
        await Expect(other.Button("Bell: off")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task TwoTabsOfOneRoomCallOnce()
    {
        await Context.AddInitScriptAsync(CountSounds);
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        await ChooseAsync(ana, "At every message");
        var cy = await JoinedAsync(room, "cy");
        await Expect(cy.Button("Bell: at every message")).ToBeVisibleAsync();
        var bo = Join(room, "bo").Member;
        var before = await SoundsAsync(ana) + await SoundsAsync(cy);
        await ana.Page.EvaluateAsync(LookAway);
        await cy.Page.EvaluateAsync(LookAway);

        bo.Post("hello");
        await Wait.UntilAsync(async () => await SoundsAsync(ana) + await SoundsAsync(cy) > before, "the sound");
        await Task.Delay(500, TestContext.Current.CancellationToken);     // the other tab's turn

        Assert.Equal(before + 2, await SoundsAsync(ana) + await SoundsAsync(cy));
    }

    [Fact]
    public async Task WhatComesInADirectChatCallsWhoLooksAwayFromTheHomePage()
    {
        await Context.GrantPermissionsAsync(["notifications"]);
        await Context.AddInitScriptAsync(CountShown);
        await Context.AddInitScriptAsync(CountSounds);
        var ana = await SignedUpAsync("Ana");
        var bo = await SignedUpAsync("Bo", await OpenInAnotherBrowserAsync("/account/sign-up"));
        await ana.Page.GetByLabel("Call me when something new comes").CheckAsync();
        await WaitForWorkerAsync(ana);
        var tried = await SoundsAsync(ana);
        await ana.Page.EvaluateAsync(LookAway);

        await bo.ChatWithAsync("Ana");
        await bo.SendAsync("hello");
        await Wait.UntilAsync(async () => await SoundsAsync(ana) > tried, "the sound");
        await WaitUntilShownAsync(ana, 1);

        Assert.Equal([("Bo", "1 new")], await NotificationsAsync(ana));
        await ana.Page.ReloadAsync();
        await Expect(ana.Page.GetByLabel("Call me when something new comes")).ToBeCheckedAsync();
    }

    [Fact]
    public async Task AChoiceIsNotLostHoweverLateTheScriptOfTheMenuComes()
    {
        var ana = await JoinedAsync(NewRoom(), "ana");
        await ana.Page.RouteAsync("**/js/bell-menu.*", async route =>
        {
            await Task.Delay(1_000);
            await route.ContinueAsync();
        });

        await ChooseAsync(ana, "At every message");

        await Expect(ana.Button("Bell: at every message")).ToBeVisibleAsync();
        await Expect(ana.Page.Locator("[name=bell][value=all]")).ToBeCheckedAsync();
    }

    [Fact]
    public async Task WhereNotificationsAreRefusedTheBellSaysHowToChangeOnesMind()
    {
        await Context.AddInitScriptAsync("Object.defineProperty(Notification, 'permission', { value: 'denied' });");
        var ana = await JoinedAsync(NewRoom(), "ana");

        await ChooseAsync(ana, "At every message");

        await Expect(ana.Page.Locator("#bell-permission")).ToContainTextAsync("allow them");
        await Expect(ana.Page.GetByLabel("Show the words in notifications")).ToBeDisabledAsync();
    }

    private static async Task ChooseAsync(Window window, string choice)
    {
        await window.Page.Locator("#bell").ClickAsync();
        await window.Page.GetByLabel(choice).CheckAsync();
    }

    private static async Task WaitForWorkerAsync(Window window) =>
        await window.Page.EvaluateAsync("async () => { await navigator.serviceWorker.ready; }");

    private static Task<int> SoundsAsync(Window window) => window.Page.EvaluateAsync<int>("() => globalThis.sounds");

    private static Task WaitUntilShownAsync(Window window, int count) => Wait.UntilAsync(
        async () => await window.Page.EvaluateAsync<int>("() => globalThis.shown") == count, $"{count} notifications");

    private static async Task<List<(string Title, string Body)>> NotificationsAsync(Window window)
    {
        var shown = await window.Page.EvaluateAsync<JsonElement>("""
            async () => (await (await navigator.serviceWorker.getRegistration()).getNotifications())
              .map(({ title, body }) => ({ title, body }))
            """);
        return [.. shown.EnumerateArray().Select(one =>
            (one.GetProperty("title").GetString()!, one.GetProperty("body").GetString()!))];
    }
}
