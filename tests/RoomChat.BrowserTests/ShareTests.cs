using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RoomChat.BrowserTests.Support;
using RoomChat.Tests.Support;
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

        await Expect(ana.Page.GetByLabel("Link", new() { Exact = true }))
            .ToHaveValueAsync(Server.Address + $"r/{room}");
        await ana.QrCodeIsDrawnAsync();
        for (var presses = 0; presses < 8; presses++)
        {
            await ana.Page.Keyboard.PressAsync("Tab");
            Assert.True(await ana.Page.Locator("#share-dialog").EvaluateAsync<bool>("""
                (dialog) => [document.body, ...dialog.querySelectorAll('*')].includes(document.activeElement)
                """));
        }
        await ana.Page.Keyboard.PressAsync("Escape");
        await Expect(ana.Page.Locator("#share-dialog")).ToBeHiddenAsync();
        await Expect(ana.Button("Share")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task ALinkThatOnlyThisMachineCanOpenIsExchangedForOneThatOthersCan()
    {
        var server = Keep(await ServerProcess.ListeningAsync("--urls=http://0.0.0.0:0"));
        var ana = await OpenAsync($"{server.Announced[0]}");
        await ana.Name.FillAsync("ana");
        await ana.Button("Create a room").ClickAsync();
        await ana.WaitUntilConnectedAsync();
        await ana.Button("Share").ClickAsync();
        var dialog = ana.Page.Locator("#share-dialog");
        await Expect(dialog).ToContainTextAsync("Only this machine can open this link.");

        await ana.Button("Use its address on the network").ClickAsync();

        await Expect(ana.Page.GetByLabel("Link", new() { Exact = true }))
            .ToHaveValueAsync(new Regex(@"^http://\d+\.\d+\.\d+\.\d+:\d+/r/\w{6}$"));
        await Expect(dialog.Locator("#local-link")).ToBeHiddenAsync();
        await ana.QrCodeIsDrawnAsync();
    }

    [Theory]
    [InlineData("http://localhost/r/K7M2QX#k=AbCdEfGhIjKlMnOpQrStUv")]
    [InlineData("https://rooms.at-some-length.example.org/of/a/path/チャット/r/K7M2QX#k=AbCdEfGhIjKlMnOpQrStUv")]
    public async Task TheQrCodeIsOfAllOfTheLinkAlsoOfWhatNoServerIsTold(string link)
    {
        var ana = await JoinedAsync(NewRoom(), "ana");
        await ana.Page.Locator("#link").EvaluateAsync("(field, link) => { field.value = link; }", link);

        await ana.Button("Share").ClickAsync();

        await ana.QrCodeIsDrawnAsync();
        await Expect(ana.Page.GetByRole(AriaRole.Img, new() { Name = "QR code of the link to this room" }))
            .ToBeVisibleAsync();
    }

    [Fact]
    public async Task OfALinkThatIsTooLongNoQrCodeIsShown()
    {
        var ana = await JoinedAsync(NewRoom(), "ana");
        await ana.Page.Locator("#link").EvaluateAsync("(field) => { field.value = 'x'.repeat(413); }");

        await ana.Button("Share").ClickAsync();

        await Expect(ana.Page.Locator("#share-dialog")).ToBeVisibleAsync();
        await Expect(ana.Page.Locator("#share-dialog svg")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task WhereTheQrCodeCannotBeLoadedTheLinkIsStillThere()
    {
        var ana = await JoinedAsync(NewRoom(), "ana");
        await ana.GoOfflineAsync();

        await ana.Button("Share").ClickAsync();

        await Expect(ana.Page.GetByLabel("Link", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(ana.Page.Locator("#share-dialog svg")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task WithoutTheClipboardApiTheLinkIsStillCopied()
    {
        await Context.GrantPermissionsAsync(["clipboard-read"]);
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        await ana.Page.EvaluateAsync("() => { navigator.clipboard.writeText = undefined; }");

        await ana.RoomCode.ClickAsync();

        await Expect(ana.Toast.Locator("p")).ToHaveTextAsync("Link copied");
        await Expect(ana.RoomCode).ToHaveClassAsync(new Regex("copied"));
        Assert.Equal(Server.Address + $"r/{room}", await ana.ClipboardAsync());
    }

    [Fact]
    public async Task WhereCopyingFailsTheLinkIsSelectedToCopyByHand()
    {
        var ana = await JoinedAsync(NewRoom(), "ana");
        await ana.Page.EvaluateAsync("""
            () => {
              navigator.clipboard.writeText = undefined;
              document.execCommand = () => false;
            }
            """);

        await ana.RoomCode.ClickAsync();

        await Expect(ana.Page.GetByLabel("Link", new() { Exact = true })).ToBeFocusedAsync();
        await Expect(ana.Toast.Locator("p")).ToContainTextAsync("by hand");
    }

    [Fact]
    public async Task TheDevicesOwnSharingIsOfferedWhereThereIsAny()
    {
        var room = NewRoom();
        await Context.AddInitScriptAsync("navigator.share = async ({ url }) => { globalThis.shared = url; }");
        var ana = await JoinedAsync(room, "ana");
        await ana.Button("Share").ClickAsync();

        await ana.Button("Share…").ClickAsync();

        var shared = await ana.Page.EvaluateAsync<string>("globalThis.shared");
        Assert.EndsWith($"/r/{room}", shared, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APersonAloneIsOfferedToShareUntilAnotherComes()
    {
        await Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        var alone = ana.Page.Locator("#alone");

        await Expect(alone).ToContainTextAsync("Nobody else is here yet");
        await Expect(alone).ToContainTextAsync(new Uri(Server.Address, $"/r/{room}").ToString());
        await Expect(alone).ToContainTextAsync("Only this machine can open this link.");
        await alone.GetByRole(AriaRole.Button, new() { Name = room }).ClickAsync();
        Assert.Equal(Server.Address + $"r/{room}", await ana.ClipboardAsync());
        await ana.Button("Link and QR code").ClickAsync();
        await ana.Button("Close").ClickAsync();
        Join(room, "bo");

        await Expect(alone).ToBeHiddenAsync();
    }
}
