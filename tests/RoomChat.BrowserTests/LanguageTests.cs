using Microsoft.Playwright;
using RoomChat.BrowserTests.Support;
using RoomChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

/// <summary>Pages in the language of their browser.</summary>
public abstract class LanguageTest(Browser browser, string language) : BrowserTest(browser)
{
    private protected override BrowserNewContextOptions Options => new()
    {
        Locale = language,
        ViewportSize = new() { Width = 320, Height = 568 },
    };

    /// <summary>A window in a new room, which has joined it by what is written on it in this language.</summary>
    private protected async Task<(Window Window, string Room)> CreateAsync(string name, string create)
    {
        var window = await OpenAsync();
        await window.Page.Locator("#name").FillAsync(name);
        await window.AssertFitsAsync();
        await window.Button(create).ClickAsync();
        await Expect(window.Page.Locator("#room")).ToHaveAttributeAsync("data-connection", "connected");
        return (window, new Uri(window.Page.Url).Segments[^1]);
    }

    private protected static async Task WriteAsync(Window window, string text, string send)
    {
        await window.Page.Locator("#text").FillAsync(text);
        await window.Button(send).ClickAsync();
        await Expect(window.Texts.Last).ToHaveTextAsync(text);
    }

    private protected static async Task AssertMenusFitAsync(Window window)
    {
        foreach (var menu in new[] { "room-menu", "bell-menu" })
        {
            await window.Page.Locator($"[popovertarget={menu}]").ClickAsync();
            await Expect(window.Page.Locator($"#{menu}")).ToBeVisibleAsync();
            await window.AssertFitsAsync();
            await window.Page.Keyboard.PressAsync("Escape");
        }
    }
}

public sealed class GermanTests(Browser browser) : LanguageTest(browser, "de-DE")
{
    [Fact]
    public async Task PeopleJoinAndTalkAndWhatIsCountedAndRefusedIsGermanToo()
    {
        var (ana, room) = await CreateAsync("ana", "Raum öffnen");
        await Expect(ana.Page.Locator("html")).ToHaveAttributeAsync("lang", "de");
        await Expect(ana.Page.GetByText("Noch ist niemand sonst da")).ToBeVisibleAsync();
        Join(room, "bo");
        await Expect(ana.Notices.Last).ToHaveTextAsync("+ du und bo");
        await Expect(ana.Notices.Last.Locator("[role=img]"))
            .ToHaveAttributeAsync("aria-label", "Du und bo seid dazugekommen");

        await WriteAsync(ana, "hallo", "Senden");
        await Expect(ana.Log.Locator(".delivered").Last).ToHaveTextAsync("gesendet");
        await ana.Page.Locator("#text").FillAsync("/nick bo");
        await ana.Button("Senden").ClickAsync();
        await Expect(ana.TextError)
            .ToHaveTextAsync("Dieser Name ist hier schon vergeben. Probierst du einen anderen?");
        await AssertMenusFitAsync(ana);
        Assert.True((await ana.Page.Locator("#room > header").BoundingBoxAsync())!.Height < 80);     // one row
    }

    [Fact]
    public async Task AnotherLanguageIsChosenInTheRoomAndAlsoAtTheDoorAndRemembered()
    {
        var (ana, room) = await CreateAsync("ana", "Raum öffnen");
        await ana.Page.Locator("#text").FillAsync("angefangen");
        await ana.Page.Locator("[popovertarget=room-menu]").ClickAsync();
        await ana.Page.Locator("#room-menu").GetByLabel("Sprache").SelectOptionAsync("en");

        await ana.WaitUntilConnectedAsync();
        await Expect(ana.Text).ToHaveValueAsync("angefangen");
        await Expect(ana.Roster).ToHaveTextAsync(["ana"]);
        await ana.GoAsync("/");
        await Expect(ana.Button("Create a room")).ToBeVisibleAsync();

        var bo = await OpenInAnotherBrowserAsync($"/r/{room}");
        await bo.AskName.GetByLabel("Sprache").SelectOptionAsync("fr");
        await Expect(bo.AskName.GetByRole(AriaRole.Heading)).ToHaveTextAsync($"Rejoindre {room}");
        await bo.AssertFitsAsync();
    }
}

public sealed class ArabicTests(Browser browser) : LanguageTest(browser, "ar")
{
    [Fact]
    public async Task TheRoomIsTurnedAroundAndNamesStayInOrder()
    {
        var (layla, room) = await CreateAsync("ليلى", "إنشاء غرفة");
        await Expect(layla.Page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
        var (bo, _) = Join(room, "bo");
        bo.Post("hello");
        await Expect(layla.Texts.Last).ToHaveTextAsync("hello");
        var others = (await layla.Messages.Last.BoundingBoxAsync())!;
        await WriteAsync(layla, "مرحبا", "إرسال");
        await Expect(layla.Pending).ToHaveCountAsync(0);
        var own = (await layla.Messages.Last.BoundingBoxAsync())!;

        Assert.True(own.X < 160 && own.X + own.Width < others.X + others.Width);
        bo.Rename("bob").OrFail();
        await Expect(layla.Notices.Last).ToHaveTextAsync("اسم bo الآن bob");
        await Expect(layla.Notices.Last.Locator("bdi")).ToHaveTextAsync(["bo", "bob"]);
        await layla.AssertFitsAsync();
        await AssertMenusFitAsync(layla);
    }
}
