using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using RoomChat.BrowserTests.Support;

namespace RoomChat.BrowserTests;

/// <summary>In two classes, so that they run in parallel.</summary>
public sealed class AccessibilityTests(Browser browser) : PageStateTest(browser)
{
    [Theory]
    [MemberData(nameof(NormalStates))]
    public async Task AxeFindsNothingInNormalStates(string state) =>
        await AssertCleanAsync(await OpenStateAsync(state));

    [Fact]
    public async Task NothingScrollsSidewaysAtTwiceTheSizeOfType()
    {
        var ana = await OpenStateAsync("talk");
        await ana.Page.SetViewportSizeAsync(640, 400);      // 1280 by 800 at 200%

        Assert.True(await ana.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        await ana.Text.ClickAsync();
        await ana.Button("Send").ClickAsync(new() { Trial = true });
    }

    /// <summary>Of the rules of axe, only contrast depends on the theme.</summary>
    internal static async Task AssertCleanAsync(Window window)
    {
        await window.Page.EvaluateAsync(new BundledAxeScriptProvider().GetScript() + "; null");
        Assert.Empty(await FindAsync(window));
        await window.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        Assert.Empty(await FindAsync(window, "color-contrast"));
    }

    private static Task<string[]> FindAsync(Window window, params string[] rules) =>
        window.Page.EvaluateAsync<string[]>("""
        async (rules) => {
          const describe = ({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html}`);
          const { violations } = await axe.run(rules.length > 0 ? { runOnly: rules } : {});
          return violations.flatMap(describe);
        }
        """, rules);
}

public sealed class AccessibilityOfErrorsTests(Browser browser) : PageStateTest(browser)
{
    [Theory]
    [MemberData(nameof(ErrorStates))]
    public async Task AxeFindsNothingInErrorStates(string state) =>
        await AccessibilityTests.AssertCleanAsync(await OpenStateAsync(state));
}
