using Microsoft.Playwright;

namespace RoomChat.BrowserTests.Support;

/// <summary>
/// The Firefox in ROOMCHAT_FIREFOX, else an installed one: as Mozilla ships it, driven by WebDriver BiDi, and not
/// Playwright's own.
/// </summary>
internal static class InstalledFirefox
{
    public const string NotFound =
        "This needs Firefox and found none: run ./test, which gets it, install it, or put its path into " +
        "ROOMCHAT_FIREFOX.";

    private static readonly string[] Commands = ["firefox-esr", "firefox", "firefox.exe"];

    private static readonly string[] WellKnownPaths =
    [
        "/Applications/Firefox.app/Contents/MacOS/firefox",
        @"C:\Program Files\Mozilla Firefox\firefox.exe",
    ];

    private static readonly Dictionary<string, object> Preferences = new()
    {
        ["ui.prefersReducedMotion"] = 1,                // Playwright's own setting does nothing here
        ["alerts.useSystemBackend"] = false,            // notifications without a desktop that shows them
        ["dom.ipc.processPrelaunch.enabled"] = false,   // a process for a next page that never comes
    };

    public static BrowserTypeLaunchOptions OptionsFor(string path) =>
        new() { Channel = "moz-firefox", ExecutablePath = path, FirefoxUserPrefs = Preferences };

    public static string? Find() => InstalledBrowser.Find("ROOMCHAT_FIREFOX", Commands, WellKnownPaths);
}
