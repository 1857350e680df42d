using Microsoft.Playwright;

namespace RoomChat.BrowserTests.Support;

/// <summary>The browser in ROOMCHAT_BROWSER, else an installed one, else Playwright's own.</summary>
internal static class InstalledBrowser
{
    public const string NotFound =
        "This needs a browser and found none: run ./test, which gets one, install Chromium, Chrome or Edge, " +
        "or put the path of one into ROOMCHAT_BROWSER.";

    private static readonly string[] Commands =
    [
        "chromium", "google-chrome", "google-chrome-stable", "microsoft-edge", "chromium-browser",
        "chrome.exe", "msedge.exe",
    ];

    private static readonly string[] WellKnownPaths =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
        @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    /// <summary>Replaces the list that Playwright disables, of which the first two lines matter here.</summary>
    private static readonly string[] DisabledFeatures =
    [
        "DestroyProfileOnBrowserClose", "HttpsUpgrades", "MediaRouter", "OptimizationHints", "PaintHolding",
        "ThirdPartyStoragePartitioning", "Translate",
        "WebUIOmniboxPopup", "WebUIOmniboxAimPopup",    // a hidden page for the address bar of every first window
        "SpareRendererForSitePerProcess",               // a process for a next page that never comes
    ];

    private static readonly string[] Arguments =
    [
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
        "--disable-features=" + string.Join(',', DisabledFeatures), "--renderer-process-limit=1",
    ];

    public static BrowserTypeLaunchOptions OptionsFor(string path)
    {
        var isRootOnLinux = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess;
        return new() { ExecutablePath = path, Args = isRootOnLinux ? [.. Arguments, "--no-sandbox"] : Arguments };
    }

    public static string? Find(IPlaywright playwright) => Find(playwright, Commands);

    /// <summary>Prefers Chromium's headless shell, which needs a quarter less of the processor.</summary>
    public static string? FindSmallest(IPlaywright playwright) =>
        Find(playwright, ["chromium-headless-shell", .. Commands]);

    private static string? Find(IPlaywright playwright, string[] commands) =>
        Find("ROOMCHAT_BROWSER", commands, [.. WellKnownPaths, playwright.Chromium.ExecutablePath]);

    /// <summary>The path in the variable, else that of a command, else one where there is a file.</summary>
    public static string? Find(string variable, string[] commands, string[] paths)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named) return named;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return commands.SelectMany(command => folders.Select(folder => Path.Combine(folder, command)))
            .Concat(paths)
            .FirstOrDefault(File.Exists);
    }
}
