using RoomChat.BrowserTests.Support;
using RoomChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

public sealed class CodeTests(Browser browser) : BrowserTest(browser)
{
    private const string Code = "  if (a < b) {\n\n\t@ana(\"https://example.org/\");\n  }";

    [Fact]
    public async Task CodeBetweenFencesIsABlockAndIsCopiedExactly()
    {
        await Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        Join(room, "bo").Member.Post($"see\n```js\n{Code}\n```\nright?");

        var block = ana.Log.Locator("pre");
        Assert.Equal(Code, await block.TextContentAsync());
        await Expect(ana.Texts).ToHaveTextAsync(["see if (a < b) { @ana(\"https://example.org/\"); } right?"]);
        await Expect(block.Locator("a, mark")).ToHaveCountAsync(0);
        await Expect(ana.Log.Locator(".mentioned")).ToHaveCountAsync(0);
        await ana.Button("Copy the code").ClickAsync();
        await Expect(ana.Toast.Locator("p")).ToHaveTextAsync("Code copied");
        Assert.Equal(Code, await ana.ClipboardAsync());
    }

    [Fact]
    public async Task LongLinesScrollInsideTheBlock()
    {
        var ana = await JoinedAsync(NewRoom(), "ana");
        await ana.Page.SetViewportSizeAsync(320, 568);

        await ana.SendAsync($"```\n{new string('W', 400)}\n```");

        await Expect(ana.Pending).ToHaveCountAsync(0);
        Assert.True(await ana.Log.Locator("pre").EvaluateAsync<bool>("(block) => block.scrollWidth > innerWidth"));
        Assert.True(await ana.Page.EvaluateAsync<bool>("""
            () => ['#scroller', '#lines', '.message', 'html']
              .map((box) => document.querySelector(box))
              .every((box) => box.scrollWidth <= box.clientWidth)
            """));
    }

    [Fact]
    public async Task AFenceThatNothingClosesIsText()
    {
        var ana = await JoinedAsync(NewRoom(), "ana");

        await ana.SendAsync("```\nhttps://example.org/");

        await Expect(ana.Texts).ToHaveTextAsync(["``` https://example.org/"]);
        await Expect(ana.Log.GetByText("https://example.org/").Last).ToBeVisibleAsync();
        await Expect(ana.Log.Locator("pre")).ToHaveCountAsync(0);
    }
}
