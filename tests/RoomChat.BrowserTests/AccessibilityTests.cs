using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using RoomChat.BrowserTests.Support;

namespace RoomChat.BrowserTests;

/// <summary>In two classes, so that they run side by side.</summary>
public sealed class AccessibilityTests(Browser browser) : StageTest(browser)
{
    [Theory]
    [MemberData(nameof(Well))]
    public async Task AxeFindsNothingWhereAllIsWell(string stage) => await AssertCleanAsync(await SetAsync(stage));

    [Fact]
    public async Task NothingScrollsSidewaysAtTwiceTheSizeOfType()
    {
        var ana = await SetAsync("talk");
        await ana.Page.SetViewportSizeAsync(640, 400);      // 1280 by 800 at 200%

        Assert.True(await ana.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        await ana.Text.ClickAsync();
        await ana.Button("Send").ClickAsync(new() { Trial = true });
    }

    /// <summary>Of all that axe looks for, only contrast is another in the dark.</summary>
    internal static async Task AssertCleanAsync(Window window)
    {
        await window.Page.EvaluateAsync(new BundledAxeScriptProvider().GetScript() + "; null");
        Assert.Empty(await FindAsync(window));
        await window.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        Assert.Empty(await FindAsync(window, "color-contrast"));
    }

    private static Task<string[]> FindAsync(Window window, params string[] rules) => window.Page.EvaluateAsync<string[]>("""
        async (rules) => {
          const { violations } = await axe.run(rules.length > 0 ? { runOnly: rules } : {});
          return violations.flatMap((finding) => finding.nodes.map((node) => `${finding.id}: ${finding.help}: ${node.html}`));
        }
        """, rules);
}

public sealed class AccessibilityInTroubleTests(Browser browser) : StageTest(browser)
{
    [Theory]
    [MemberData(nameof(InTrouble))]
    public async Task AxeFindsNothingInTrouble(string stage) => await AccessibilityTests.AssertCleanAsync(await SetAsync(stage));
}
