using Microsoft.Playwright;
using RoomChat.BrowserTests.Support;

[assembly: AssemblyFixture(typeof(Browser))]

namespace RoomChat.BrowserTests.Support;

/// <summary>One headless browser for all tests: the one that is named, else an installed one, else Playwright's own.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string None = "These tests need a browser and found none: run ./test, which gets one, install Chromium, Chrome or Edge, " +
        "or put the path of one into ROOMCHAT_BROWSER.";

    private static readonly string[] Commands =
        ["chromium", "google-chrome", "google-chrome-stable", "microsoft-edge", "chromium-browser", "chrome.exe", "msedge.exe"];

    private static readonly string[] Places =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
        @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    /// <summary>What a window would cost besides its page. This replaces what Playwright itself puts off, of which the first line is what matters here.</summary>
    private static readonly string[] Off =
    [
        "DestroyProfileOnBrowserClose", "HttpsUpgrades", "MediaRouter", "OptimizationHints", "PaintHolding", "ThirdPartyStoragePartitioning", "Translate",
        "WebUIOmniboxPopup", "WebUIOmniboxAimPopup",    // a page behind the address bar of every first window
        "SpareRendererForSitePerProcess",               // a process made ready for what comes next, and nothing does
    ];

    private static readonly string[] Quietly =
    [
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
        "--disable-features=" + string.Join(',', Off), "--renderer-process-limit=1",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout((float)Tests.Support.Wait.Long.TotalMilliseconds);
        if (Find(_playwright) is not { } path) return;
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = path,
            Args = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess ? [.. Quietly, "--no-sandbox"] : Quietly,
        });
    }

    /// <summary>What one person has: windows that share a memory, apart from everybody else's.</summary>
    public Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions options) =>
        (_browser ?? throw new InvalidOperationException(None)).NewContextAsync(options);

    private static string? Find(IPlaywright playwright)
    {
        if (Environment.GetEnvironmentVariable("ROOMCHAT_BROWSER") is { Length: > 0 } named) return named;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return Commands.SelectMany(command => folders.Select(folder => Path.Combine(folder, command)))
            .Concat(Places)
            .Append(playwright.Chromium.ExecutablePath)
            .FirstOrDefault(File.Exists);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
