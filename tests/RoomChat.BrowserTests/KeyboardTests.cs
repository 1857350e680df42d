using RoomChat.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

public sealed class KeyboardTests(Browser browser) : BrowserTest(browser)
{
    [Fact]
    public async Task CreatingTalkingAndLeavingNeedNoPointer()
    {
        var ana = await OpenAsync();
        await ana.Name.FocusAsync();
        await ana.Page.Keyboard.TypeAsync("ana");
        await ana.Page.Keyboard.PressAsync("Enter");

        await ana.WaitUntilConnectedAsync();
        await Expect(ana.Text).ToBeFocusedAsync();
        await ana.Page.Keyboard.TypeAsync("hello");
        await ana.Page.Keyboard.PressAsync("Enter");
        await Expect(ana.Texts).ToHaveTextAsync(["hello"]);

        await ana.TabToAsync(ana.Button("Leave"));
        await ana.Page.Keyboard.PressAsync("Enter");
        await Expect(ana.Page).ToHaveURLAsync("/");
    }

    [Fact]
    public async Task JoiningByCodeNeedsNoPointer()
    {
        var room = NewRoom();
        var bo = await OpenAsync();
        await bo.TabToAsync(bo.Name);
        await bo.Page.Keyboard.TypeAsync("bo");
        await bo.TabToAsync(bo.Code);
        await bo.Page.Keyboard.TypeAsync(room);
        await bo.Page.Keyboard.PressAsync("Enter");

        await bo.WaitUntilConnectedAsync();
        await Expect(bo.Roster).ToHaveTextAsync(["bo"]);
    }

    [Fact]
    public async Task GivingANameNeedsNoPointerAndEscapeDoesNotCloseTheDialog()
    {
        var room = NewRoom();
        var bo = await OpenAsync($"/r/{room}");
        await Expect(bo.Name).ToBeFocusedAsync();
        await bo.Page.Keyboard.PressAsync("Escape");
        await bo.Page.Keyboard.PressAsync("Escape");
        await bo.Page.Keyboard.PressAsync("Escape");
        await Expect(bo.AskName).ToBeVisibleAsync();

        await bo.Page.Keyboard.TypeAsync("bo");
        await bo.Page.Keyboard.PressAsync("Enter");
        await bo.WaitUntilConnectedAsync();
        await Expect(bo.Text).ToBeFocusedAsync();
    }
}
