using RoomChat.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

/// <summary>The forms are there before the modules of their page, which take a second here.</summary>
public sealed class EarlySubmitTests(Browser browser) : BrowserTest(browser)
{
    [Fact]
    public async Task ARoomCreatedBeforeTheModulesHaveRunIsEnteredUnderTheNameJustTyped()
    {
        var ana = await LateAsync("/");
        await ana.Name.FillAsync("ana");
        await ana.Button("Create a room").ClickAsync();

        Assert.Equal("true", await ana.Button("Create a room").GetAttributeAsync("aria-busy"));
        await ana.WaitUntilConnectedAsync();
        await Expect(ana.Roster).ToHaveTextAsync(["ana"]);
    }

    [Fact]
    public async Task ARoomJoinedBeforeTheModulesHaveRunIsEnteredUnderTheNameJustTyped()
    {
        var room = NewRoom();
        var ana = await LateAsync("/");
        await ana.Name.FillAsync("ana");
        await ana.Code.FillAsync(room);
        await ana.Button("Join").ClickAsync();

        await ana.WaitUntilConnectedAsync();
        await Expect(ana.Page).ToHaveURLAsync($"/r/{room}");
        await Expect(ana.Roster).ToHaveTextAsync(["ana"]);
    }

    [Fact]
    public async Task APageForACodeWithoutARoomDoesTheSame()
    {
        var ana = await LateAsync("/r/000000");
        await ana.Name.FillAsync("ana");
        await ana.Button("Create a new room").ClickAsync();

        await ana.WaitUntilConnectedAsync();
        await Expect(ana.Roster).ToHaveTextAsync(["ana"]);
    }

    /// <summary>Has been in a room as "before", which the tab remembers.</summary>
    private async Task<Window> LateAsync(string path)
    {
        var window = await JoinedAsync(NewRoom(), "before");
        window.AllowStatus(404);
        await window.Page.RouteAsync("**/js/entering.*", async route =>
        {
            await Task.Delay(1_000);
            await route.ContinueAsync();
        });
        await window.Page.GotoAsync(path, new() { WaitUntil = Microsoft.Playwright.WaitUntilState.Commit });
        return window;
    }
}
