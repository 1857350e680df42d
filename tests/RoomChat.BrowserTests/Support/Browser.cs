using Microsoft.Playwright;
using RoomChat.BrowserTests.Support;

[assembly: AssemblyFixture(typeof(Browser))]

namespace RoomChat.BrowserTests.Support;

/// <summary>One headless browser for all tests: Firefox with ROOMCHAT_TEST_FIREFOX=1, else Chromium.</summary>
public class Browser : IAsyncLifetime
{
    private static readonly bool IsFirefox = Environment.GetEnvironmentVariable("ROOMCHAT_TEST_FIREFOX") == "1";

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout((float)Tests.Support.Wait.Timeout.TotalMilliseconds);
        if ((IsFirefox ? InstalledFirefox.Find() : FindChromium(_playwright)) is not { } path) return;
        _browser = await (IsFirefox
            ? _playwright.Firefox.LaunchAsync(InstalledFirefox.OptionsFor(path))
            : _playwright.Chromium.LaunchAsync(InstalledBrowser.OptionsFor(path)));
    }

    /// <summary>The browser of one person: its windows share their storage, and with nobody else's.</summary>
    public Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions options) =>
        (_browser ?? throw new InvalidOperationException(
            IsFirefox ? InstalledFirefox.NotFound : InstalledBrowser.NotFound)).NewContextAsync(options);

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected virtual string? FindChromium(IPlaywright playwright) => InstalledBrowser.FindSmallest(playwright);
}

/// <summary>Chromium's headless shell ends itself when a page shows a notification.</summary>
public sealed class BrowserWithNotifications : Browser
{
    private protected override string? FindChromium(IPlaywright playwright) => InstalledBrowser.Find(playwright);
}
