using System.Text.Json;
using RoomChat.BrowserTests.Support;
using RoomChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

/// <summary>What the page holds, as a file.</summary>
public sealed class KeepTests(Browser browser) : BrowserTest(browser)
{
    [Fact]
    public async Task TheConversationIsSavedAsText()
    {
        var (ana, room) = await TalkAsync();

        var (name, text) = await SaveAsync(ana, "Save as text…");

        Assert.Matches($@"^RoomChat-{room}-\d{{4}}-\d\d-\d\d\.txt$", name);
        Assert.StartsWith($"RoomChat {room}, saved 20", text, StringComparison.Ordinal);
        Assert.Matches(@"\n\[[-\d]{10} \d\d:\d\d\] bo: <b>née</b>\n  مرحبا\n", text);
    }

    [Fact]
    public async Task TheConversationIsSavedAsJson()
    {
        var (ana, room) = await TalkAsync();

        var (name, json) = await SaveAsync(ana, "Save as JSON…");

        Assert.EndsWith(".json", name, StringComparison.Ordinal);
        var saved = JsonDocument.Parse(json).RootElement;
        Assert.Equal(room, saved.GetProperty("room").GetString());
        var last = saved.GetProperty("lines").EnumerateArray().Last();
        Assert.Equal("<b>née</b>\nمرحبا", last.GetProperty("text").GetString());
    }

    [Fact]
    public async Task OnceSavedItCanBeSavedAgainWithoutTheServer()
    {
        var (ana, _) = await TalkAsync();
        await SaveAsync(ana, "Save as JSON…");
        await ana.GoOfflineAsync();
        await Expect(ana.Connection).ToContainTextAsync("Reconnecting…");

        var (_, text) = await SaveAsync(ana, "Save as text…");

        Assert.Contains("née", text, StringComparison.Ordinal);
    }

    private async Task<(Window Ana, string Room)> TalkAsync()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        Join(room, "bo").Member.Post("<b>née</b>\nمرحبا");
        await Expect(ana.Texts).ToHaveCountAsync(1);
        return (ana, room);
    }

    private static async Task<(string Name, string Text)> SaveAsync(Window window, string entry)
    {
        await window.Button("About this room").ClickAsync();
        await Expect(window.Page.GetByText("What this page holds, as a file. Nobody is told.")).ToBeVisibleAsync();
        var download = await window.Page.RunAndWaitForDownloadAsync(() => window.Button(entry).ClickAsync());
        var file = await download.PathAsync();
        return (download.SuggestedFilename,
            await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }
}
