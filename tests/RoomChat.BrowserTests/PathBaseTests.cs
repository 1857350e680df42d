using RoomChat.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

/// <summary>The conversation on a server below a path.</summary>
public sealed class PathBaseTests(Browser browser) : BrowserTest(browser, ("PathBase", "/chat"))
{
    [Fact]
    public async Task PeopleCreateJoinTalkReloadAndLeaveBelowIt()
    {
        var ana = await OpenAsync("/chat/");
        await ana.Name.FillAsync("ana");
        await ana.Button("Create a room").ClickAsync();
        await ana.WaitUntilConnectedAsync();
        var room = new Uri(ana.Page.Url).AbsolutePath;
        Assert.StartsWith("/chat/r/", room, StringComparison.Ordinal);

        var bo = await OpenInAnotherBrowserAsync("/chat/");
        await bo.Name.FillAsync("bo");
        await bo.Code.FillAsync(room[^6..]);
        await bo.Button("Join").ClickAsync();
        await bo.WaitUntilConnectedAsync();
        await bo.SendAsync("hello");
        await Expect(ana.Texts).ToHaveTextAsync(["hello"]);

        await bo.Page.ReloadAsync();
        await bo.WaitUntilConnectedAsync();
        await Expect(bo.Texts).ToHaveTextAsync(["hello"]);
        await ana.Button("Share").ClickAsync();
        await ana.QrCodeIsDrawnAsync();
        await Expect(ana.Page.GetByRole(Microsoft.Playwright.AriaRole.Dialog).Locator("input"))
            .ToHaveValueAsync($"{Server.Address.GetLeftPart(UriPartial.Authority)}{room}");
        Assert.Equal(
            $"{Server.Address}chat/",
            await bo.Page.EvaluateAsync<string>(
                "async () => (await navigator.serviceWorker.ready).scope"));

        await bo.Button("Leave").ClickAsync();
        await Expect(bo.Page).ToHaveURLAsync($"{Server.Address}chat/");
        await Expect(ana.Roster).ToHaveTextAsync(["ana"]);
    }
}
