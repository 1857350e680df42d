using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
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
        AssertClean(await window.Page.RunAxe());
        await window.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        AssertClean(await window.Page.RunAxe(new AxeRunOptions { RunOnly = new() { Type = "rule", Values = ["color-contrast"] } }));
    }

    private static void AssertClean(AxeResult found) =>
        Assert.Empty(found.Violations.SelectMany(finding => finding.Nodes.Select(node => $"{finding.Id}: {finding.Help}: {node.Html}")));
}

public sealed class AccessibilityInTroubleTests(Browser browser) : StageTest(browser)
{
    [Theory]
    [MemberData(nameof(InTrouble))]
    public async Task AxeFindsNothingInTrouble(string stage) => await AccessibilityTests.AssertCleanAsync(await SetAsync(stage));
}
