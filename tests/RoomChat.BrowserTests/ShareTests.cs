using System.Text.RegularExpressions;
using RoomChat.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

public sealed class ShareTests(Browser browser) : BrowserTest(browser)
{
    [Fact]
    public async Task TheDialogHasTheLinkAndItsPictureAndGivesTheFocusBack()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        await ana.Button("Share").ClickAsync();

        await Expect(ana.Page.GetByLabel("The link")).ToHaveValueAsync(new Uri(Server.Address, $"/r/{room}").ToString());
        await ana.QrCodeIsDrawnAsync();
        for (var presses = 0; presses < 8; presses++)
        {
            await ana.Page.Keyboard.PressAsync("Tab");
            Assert.True(await ana.Page.EvaluateAsync<bool>("document.activeElement === document.body || document.querySelector('#share-dialog').contains(document.activeElement)"));
        }
        await ana.Page.Keyboard.PressAsync("Escape");
        await Expect(ana.Page.Locator("#share-dialog")).ToBeHiddenAsync();
        await Expect(ana.Button("Share")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task WhereThereIsNoClipboardTheLinkIsCopiedAllTheSame()
    {
        await Context.GrantPermissionsAsync(["clipboard-read"]);
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        await ana.Page.EvaluateAsync("() => { navigator.clipboard.writeText = undefined; }");

        await ana.RoomCode.ClickAsync();

        await Expect(ana.Toast.Locator("p")).ToHaveTextAsync("Link copied");
        await Expect(ana.RoomCode).ToHaveClassAsync(new Regex("copied"));
        Assert.Equal(new Uri(Server.Address, $"/r/{room}").ToString(), await ana.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
    }

    [Fact]
    public async Task WhereNothingCanBeCopiedTheLinkIsThereToTake()
    {
        var ana = await JoinedAsync(NewRoom(), "ana");
        await ana.Page.EvaluateAsync("() => { navigator.clipboard.writeText = undefined; document.execCommand = () => false; }");

        await ana.RoomCode.ClickAsync();

        await Expect(ana.Page.GetByLabel("The link")).ToBeFocusedAsync();
        await Expect(ana.Toast.Locator("p")).ToContainTextAsync("by hand");
    }

    [Fact]
    public async Task TheDevicesOwnSharingIsOfferedWhereThereIsOne()
    {
        var room = NewRoom();
        await Context.AddInitScriptAsync("navigator.share = (what) => { globalThis.shared = what.url; return Promise.resolve(); }");
        var ana = await JoinedAsync(room, "ana");
        await ana.Button("Share").ClickAsync();

        await ana.Button("Send it…").ClickAsync();

        Assert.EndsWith($"/r/{room}", await ana.Page.EvaluateAsync<string>("globalThis.shared"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoeverIsAloneIsOfferedToShareAndSomebodyWhoComesEndsThat()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        var alone = ana.Page.Locator("#alone");

        await Expect(alone).ToContainTextAsync("Nobody else is here yet");
        await Expect(alone).ToContainTextAsync(new Uri(Server.Address, $"/r/{room}").ToString());
        await ana.Button("Link and QR code").ClickAsync();
        await ana.Button("Close").ClickAsync();
        Join(room, "bo");

        await Expect(alone).ToBeHiddenAsync();
    }
}
