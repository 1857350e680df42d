using Microsoft.Playwright;
using RoomChat.BrowserTests.Support;
using RoomChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

/// <summary>A name stands apart from the words of the page, whatever it says.</summary>
public sealed class NameTests(Browser browser) : BrowserTest(browser)
{
    // The sentence with what is bolder than its other words between stars, read at once: it may be drawn anew any time.
    private const string MarkBolder = """
        (sentence) => {
          const weightOf = (node) => Number(getComputedStyle(node).fontWeight);
          const marked = (node) => {
            if (node.nodeType === Node.TEXT_NODE) return node.data;
            const words = [...node.childNodes].map(marked).join('');
            return node.localName === 'bdi' && weightOf(node) >= weightOf(sentence) + 200 ? `*${words}*` : words;
          };
          return marked(sentence);
        }
        """;

    [Fact]
    public async Task ANameInASentenceIsBolderThanTheWordsAroundIt()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        var (dee, _) = Join(room, "Dee Reed");
        Join(room, "cy");
        await Expect(ana.Notices.Last).ToHaveTextAsync("+ you and 2 others");
        dee.Rename("Dee D").OrFail();

        await WaitForAsync("*Dee Reed* is *Dee D* now", ana.Notices.Last);
        await WaitForAsync("*Dee D* is typing…", ana.Page.Locator("#typing"), () => dee.Room.Typing(dee).OrFail());
        dee.Room.Leave(dee).OrFail();
        await WaitForAsync("- *Dee D*", ana.Notices.Last);
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

    private static Task WaitForAsync(string marked, ILocator sentence, Action? again = null) => Wait.UntilAsync(
        async () =>
        {
            again?.Invoke();
            return await sentence.EvaluateAsync<string>(MarkBolder) == marked;
        },
        marked);
}
