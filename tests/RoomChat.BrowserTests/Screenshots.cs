using Microsoft.Playwright;
using RoomChat.BrowserTests.Support;

namespace RoomChat.BrowserTests;

/// <summary>Screenshots of every state to look at: tests/pictures takes them into a git-ignored folder.</summary>
public sealed class Screenshots(Browser browser) : PageStateTest(browser)
{
    private static readonly (string Name, int Width, int Height)[] Sizes = [("wide", 1100, 720), ("phone", 390, 780)];

    [Theory(Explicit = true)]
    [MemberData(nameof(NormalStates))]
    [MemberData(nameof(ErrorStates))]
    public async Task TakeScreenshots(string state)
    {
        var folder = Environment.GetEnvironmentVariable("PICTURES") ?? "pictures";
        var window = await OpenStateAsync(state);
        foreach (var (size, width, height) in Sizes.Where(size => state != "people" || size.Name == "phone"))
            foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await window.Page.SetViewportSizeAsync(width, height);
                await window.Page.EmulateMediaAsync(new() { ColorScheme = theme });
                var name = $"{state} {size} {theme}.png".Replace(' ', '-').ToLowerInvariant();
                await window.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name) });
            }
    }
}
