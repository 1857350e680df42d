using Microsoft.Playwright;
using RoomChat.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

public sealed class NoJavaScriptTests(Browser browser) : BrowserTest(browser)
{
    private protected override BrowserNewContextOptions Options => new() { JavaScriptEnabled = false };

    [Fact]
    public async Task ARoomCanBeMadeAndItsPageSaysThatJavaScriptIsNeeded()
    {
        var ana = await OpenAsync();
        await ana.Name.FillAsync("ana");
        await ana.Button("Create a room").ClickAsync();

        await Expect(ana.Page.Locator("noscript p")).ToBeVisibleAsync();
        await Expect(ana.Page.Locator("noscript p")).ToContainTextAsync("This room needs JavaScript.");
        await Expect(ana.Text).ToBeHiddenAsync();
        var code = await ana.Page.Locator("noscript h1").InnerTextAsync();
        await Expect(ana.Page).ToHaveURLAsync($"/r/{code}");

        await ana.GoAsync("/");
        await ana.Code.FillAsync(code.ToLowerInvariant());
        await ana.Button("Join").ClickAsync();
        await Expect(ana.Page).ToHaveURLAsync($"/r/{code}");
    }

    [Fact]
    public async Task ErrorsAreShownBesideTheirFields()
    {
        var ana = await OpenAsync();
        ana.AllowStatus(400);
        await ana.Button("Create a room").ClickAsync();
        await Expect(ana.NameError).ToHaveTextAsync("Enter a name that others will see.");

        await ana.Code.FillAsync("K7M2Q!");
        await ana.Button("Join").ClickAsync();
        await Expect(ana.CodeError).ToContainTextAsync("A code is six letters and digits");
        await Expect(ana.Code).ToHaveValueAsync("K7M2Q!");
    }
}
