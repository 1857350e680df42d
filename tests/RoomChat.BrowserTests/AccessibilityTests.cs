using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using RoomChat.BrowserTests.Support;

namespace RoomChat.BrowserTests;

public sealed class AccessibilityTests(Browser browser) : StageTest(browser)
{
    [Theory]
    [MemberData(nameof(Names))]
    public async Task AxeFindsNothingInAnyStateInEitherTheme(string stage)
    {
        var window = await SetAsync(stage);

        foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await window.Page.EmulateMediaAsync(new() { ColorScheme = theme });
            var findings = (await window.Page.RunAxe()).Violations;
            Assert.Empty(findings.SelectMany(finding => finding.Nodes.Select(node => $"{theme}: {finding.Id}: {finding.Help}: {node.Html}")));
        }
    }

    [Fact]
    public async Task NothingScrollsSidewaysAtTwiceTheSizeOfType()
    {
        var ana = await SetAsync("talk");
        await ana.Page.SetViewportSizeAsync(640, 400);      // 1280 by 800 at 200%

        Assert.True(await ana.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        await ana.Text.ClickAsync();
        await ana.Button("Send").ClickAsync(new() { Trial = true });
    }
}
