using Microsoft.Playwright;
using RoomChat.BrowserTests.Support;
using RoomChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

/// <summary>A name stands apart from the words of the page, whatever it says.</summary>
public sealed class NameTests(Browser browser) : BrowserTest(browser)
{
    private const string Weight = "node => Number(getComputedStyle(node).fontWeight)";

    [Fact]
    public async Task ANameInASentenceIsBolderThanTheWordsAroundIt()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        var (dee, _) = Join(room, "Dee Reed");
        Join(room, "cy");
        await Expect(ana.Notices.Last).ToHaveTextAsync("+ you and 2 others");
        dee.Rename("Dee D").OrFail();
        dee.Room.Typing(dee).OrFail();

        await AssertApartAsync(ana.Notices.Last, "Dee Reed is Dee D now", "Dee Reed", "Dee D");
        await AssertApartAsync(ana.Page.Locator("#typing"), "Dee D is typing…", "Dee D");
        dee.Room.Leave(dee).OrFail();
        await AssertApartAsync(ana.Notices.Last, "- Dee D", "Dee D");
        await Expect(ana.Notices.Last.GetByRole(AriaRole.Img)).ToHaveAttributeAsync("aria-label", "“Dee D” left");
    }

    [Fact]
    public async Task ANameThatReadsAsANoticeIsRefusedWithTheReason()
    {
        var room = NewRoom();
        var eve = await OpenAsync($"/r/{room}");
        foreach (var name in new[] { "watcher left", "You", "ana ✓" })
        {
            await eve.GiveNameAsync(name);
            await Expect(eve.NameError).ToContainTextAsync("marks or words that a page uses itself");
            await eve.Name.FillAsync("");
        }
        await eve.GiveNameAsync("Dee Reed");
        await eve.WaitUntilConnectedAsync();
    }

    private static async Task AssertApartAsync(ILocator sentence, string words, params string[] names)
    {
        await Expect(sentence).ToHaveTextAsync(words);
        await Expect(sentence.Locator("bdi")).ToHaveTextAsync(names);
        var around = await sentence.EvaluateAsync<int>(Weight);
        foreach (var name in await sentence.Locator("bdi").AllAsync())
            Assert.True(await name.EvaluateAsync<int>(Weight) >= around + 200);
    }
}
