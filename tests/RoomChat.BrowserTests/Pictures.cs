using Microsoft.Playwright;
using RoomChat.BrowserTests.Support;

namespace RoomChat.BrowserTests;

/// <summary>Pictures of every state for eyes: tests/pictures takes them into a folder that the repository ignores.</summary>
public sealed class Pictures(Browser browser) : StageTest(browser)
{
    private static readonly (string Name, int Width, int Height)[] Sizes = [("wide", 1100, 720), ("phone", 390, 780)];

    [Theory(Explicit = true)]
    [MemberData(nameof(Well))]
    [MemberData(nameof(InTrouble))]
    public async Task Take(string stage)
    {
        var folder = Environment.GetEnvironmentVariable("PICTURES") ?? "pictures";
        var window = await SetAsync(stage);
        foreach (var (size, width, height) in Sizes.Where(size => stage != "people" || size.Name == "phone"))
            foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await window.Page.SetViewportSizeAsync(width, height);
                await window.Page.EmulateMediaAsync(new() { ColorScheme = theme });
                await window.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{stage} {size} {theme}.png".Replace(' ', '-').ToLowerInvariant()) });
            }
    }
}
