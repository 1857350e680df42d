using RoomChat.BrowserTests.Support;
using RoomChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

/// <summary>A room in a frame of another site.</summary>
public sealed class EmbedTests(Browser browser) : BrowserTest(browser, ("Embed", Allowed))
{
    private static readonly string Allowed = ServerProcess.FreeAddress().GetLeftPart(UriPartial.Authority);

    [Fact]
    public async Task PeopleTalkInAFrameOfTheSiteThatIsAllowed()
    {
        await using var site = await ShowInFrameAsync(Allowed);
        var page = await Context.NewPageAsync();
        await page.GotoAsync(Allowed);
        var frame = page.FrameLocator("iframe");

        await frame.GetByLabel("Your name").FillAsync("ana");
        await page.Keyboard.PressAsync("Enter");
        await Expect(frame.Locator("#connection")).ToHaveTextAsync("Connected");
        await frame.Locator("#text").FillAsync("from a frame");
        await page.Keyboard.PressAsync("Enter");

        await Expect(frame.Locator(".message .text")).ToHaveTextAsync("from a frame");
    }

    [Fact]
    public async Task AnotherSiteShowsNothing()
    {
        await using var site = await ShowInFrameAsync("http://127.0.0.1:0");
        var page = await Context.NewPageAsync();
        var refused = page.WaitForConsoleMessageAsync(new()
        {
            Predicate = message => message.Text.Contains("frame-ancestors", StringComparison.Ordinal),
        });
        await page.GotoAsync(site.Urls.First());

        await refused;
        await Expect(page.FrameLocator("iframe").Locator("#text")).ToHaveCountAsync(0);
    }

    private async Task<WebApplication> ShowInFrameAsync(string origin)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var site = builder.Build();
        site.Urls.Add(origin);
        var frame = $"""<iframe src="{Server.Address}r/{NewRoom()}" width="800" height="600"></iframe>""";
        site.MapGet("/", () => Results.Content(frame, "text/html"));
        await site.StartAsync(TestContext.Current.CancellationToken);
        return site;
    }
}
