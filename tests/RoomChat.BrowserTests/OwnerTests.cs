using Microsoft.Playwright;
using RoomChat.BrowserTests.Support;
using RoomChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

/// <summary>What the owner of a room does, as two browsers see it.</summary>
public sealed class OwnerTests(Browser browser) : BrowserTest(browser)
{
    [Fact]
    public async Task ALockIsSeenAtOnceAndCanBeUndone()
    {
        var (ana, bo, room) = await TwoBrowsersAsync();

        await PickAsync(ana, "Lock the room");
        var undo = ana.Toast.GetByText("Undo");
        await undo.FocusAsync();    // so that it stays
        await Expect(bo.Notices.Last).ToHaveTextAsync("ana locked the room: nobody new can come in");
        await Expect(bo.Page.GetByRole(AriaRole.Img, new() { Name = "locked" })).ToBeVisibleAsync();
        var eve = await OpenInAnotherBrowserAsync($"/r/{room}");
        await Expect(eve.Banner).ToContainTextAsync("locked");
        await Expect(eve.Name).ToBeHiddenAsync();
        var home = await OpenInAnotherBrowserAsync();
        home.AllowStatus(403);
        await home.Code.FillAsync(room);
        await home.Page.Locator("#join-form button").ClickAsync();
        await Expect(home.CodeError).ToContainTextAsync("locked");

        await ana.ToFrontAsync();
        await undo.ClickAsync();
        await Expect(bo.Notices.Last).ToHaveTextAsync("ana unlocked the room");
        await eve.ToFrontAsync();
        await eve.Button("Try again").ClickAsync();
        await Expect(eve.Name).ToBeVisibleAsync();
    }

    [Fact]
    public async Task APassphraseIsAskedForInAField()
    {
        var (ana, _, room) = await TwoBrowsersAsync();
        await PickAsync(ana, "Passphrase…");
        await ana.Page.GetByRole(AriaRole.Textbox, new() { Name = "Passphrase", Exact = true }).FillAsync("sesame");
        await ana.Page.Keyboard.PressAsync("Enter");
        await Expect(ana.Notices.Last).ToHaveTextAsync("You set a passphrase");

        var eve = await OpenInAnotherBrowserAsync($"/r/{room}");
        await eve.GiveNameAsync("eve");
        var field = eve.Page.GetByLabel("This room asks for a passphrase");
        await field.FillAsync("barley");
        await eve.Page.Keyboard.PressAsync("Enter");
        await Expect(eve.Page.GetByText("That is not the passphrase of this room.")).ToBeVisibleAsync();
        await field.FillAsync("sesame");
        await eve.Page.Keyboard.PressAsync("Enter");

        await eve.WaitUntilConnectedAsync();
        Assert.DoesNotContain("sesame", await eve.Page.EvaluateAsync<string>(
            "JSON.stringify([{ ...sessionStorage }, { ...localStorage }, location.href])"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoeverIsRemovedIsToldAndTheOwnerIsOfferedToLockTheRoom()
    {
        var (ana, bo, _) = await TwoBrowsersAsync();

        await ana.Page.GetByLabel("What you can do about bo").ClickAsync();
        await ana.Button("Remove…").ClickAsync();
        await Expect(ana.Page.Locator("#act-words")).ToContainTextAsync("The code still lets bo in");
        await ana.Button("Remove").ClickAsync();

        await Expect(bo.Banner).ToContainTextAsync("You have been removed");
        await Expect(ana.Notices.Last).ToHaveTextAsync("bo was removed by you");
        await Expect(ana.Roster).ToHaveTextAsync(["ana"]);
        await ana.Toast.GetByText("Lock the room").ClickAsync();
        await Expect(ana.Notices.Last).ToHaveTextAsync("You locked the room: nobody new can come in");
    }

    [Fact]
    public async Task ARoomIsNamedGetsAnEndAndIsClosedByKeyboard()
    {
        var (ana, bo, _) = await TwoBrowsersAsync();

        await PickByKeyboardAsync(ana, "Name the room…");
        await ana.Page.Keyboard.TypeAsync("Tuesday lunch");
        await ana.Page.Keyboard.PressAsync("Enter");
        await Expect(bo.Page.Locator("#room-title")).ToHaveTextAsync("Tuesday lunch");
        Assert.StartsWith("Tuesday lunch", await bo.Page.TitleAsync(), StringComparison.Ordinal);

        await PickByKeyboardAsync(ana, "Set its end…");
        await ana.Page.GetByLabel("It closes").SelectOptionAsync("in 5 minutes");
        await ana.Button("Save").ClickAsync();
        await Expect(bo.Notices.Last).ToContainTextAsync("ana set the room to close at");

        await bo.Text.FillAsync("not sent yet");
        await PickByKeyboardAsync(ana, "Close the room…");
        await Expect(ana.Page.Locator("#act-words")).ToContainTextAsync("Everybody is out at once (2 here)");
        await ana.Button("Close the room").ClickAsync();
        await Expect(ana.Banner).ToContainTextAsync("This room has been closed");
        await Expect(bo.Banner).ToContainTextAsync("This room has been closed");
        await Expect(bo.Page.Locator("#text")).Not.ToBeEditableAsync();
        await Expect(bo.Button("Send")).ToBeDisabledAsync();
        await Expect(ana.Text).ToBeHiddenAsync();
        await Expect(ana.Connection).ToBeEmptyAsync();
        await Expect(ana.Button("Leave")).ToBeHiddenAsync();
        await Expect(ana.Button("Home")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task TheRightIsHandedOverAndOnlyTheOwnerSeesWhatTheOwnerCanDo()
    {
        var (ana, bo, _) = await TwoBrowsersAsync();
        await bo.ToFrontAsync();
        await bo.Button("About this room").ClickAsync();
        await Expect(bo.Page.GetByText("ana owns this room.")).ToBeVisibleAsync();
        await Expect(bo.Button("Lock the room")).ToBeHiddenAsync();

        await ana.ToFrontAsync();
        await ana.Page.GetByLabel("What you can do about bo").ClickAsync();
        await ana.Button("Make owner…").ClickAsync();
        await ana.Button("Hand over").ClickAsync();

        await Expect(bo.Notices.Last).ToHaveTextAsync("You own the room now");
        await Expect(bo.Button("Lock the room")).ToBeVisibleAsync();
        await Expect(ana.Notices.Last).ToHaveTextAsync("bo owns the room now");
    }

    [Fact]
    public async Task WhoeverIsMutedIsNotShownInThisBrowserUntilThatIsUndone()
    {
        var (ana, bo, _) = await TwoBrowsersAsync();
        await bo.SendAsync("before");
        await Expect(ana.Texts).ToHaveTextAsync(["before"]);

        await ana.ToFrontAsync();
        await ana.Page.GetByLabel("What you can do about bo").ClickAsync();
        await ana.Button("Mute").ClickAsync();
        await bo.SendAsync("after");
        await Expect(bo.Texts).ToHaveTextAsync(["before", "after"]);
        await ana.ToFrontAsync();
        await ana.SendAsync("last");
        await Expect(ana.Texts).ToHaveTextAsync(["last"]);
        await ana.Button("Unmute").ClickAsync();

        await Expect(ana.Texts).ToHaveTextAsync(["before", "after", "last"]);
    }

    [Fact]
    public async Task ANamesakeIsSomebodyElse()
    {
        var room = NewRoom();
        Join(room, "witness");
        var (sam, _) = Join(room, "sam");
        sam.Post("from the first sam");
        sam.Room.Leave(sam).OrFail();

        var second = await JoinedAsync(room, "sam");

        await Expect(second.Groups.Locator(".from")).ToHaveTextAsync(["sam"]);
    }

    private static async Task PickAsync(Window window, string act)
    {
        await window.Button("About this room").ClickAsync();
        await window.Button(act).ClickAsync();
    }

    private static async Task PickByKeyboardAsync(Window window, string act)
    {
        await window.Button("About this room").FocusAsync();
        await window.Page.Keyboard.PressAsync("Enter");
        await window.Button(act).FocusAsync();
        await window.Page.Keyboard.PressAsync("Enter");
    }
}
