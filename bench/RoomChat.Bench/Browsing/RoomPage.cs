using Microsoft.Playwright;
using RoomChat.BrowserTests.Support;

namespace RoomChat.Bench.Browsing;

/// <summary>A room in a headless browser, at which somebody looks.</summary>
internal sealed class RoomPage(IPlaywright playwright, IBrowser browser, IPage page, ICDPSession session) : IDisposable
{
    private const string ObserveFrames = """
        sessionStorage.setItem('name', '"page"');
        globalThis.longFrames = [];
        new PerformanceObserver((list) => longFrames.push(...list.getEntries().map(({ duration }) => duration)))
          .observe({ type: 'long-animation-frame' });
        """;

    private const string IsDrawn =
        "(seq) => Number([...document.querySelectorAll('#lines .message')].at(-1)?.dataset.seq ?? 0) >= seq";

    public static async Task<RoomPage> OpenAsync(int port, string room)
    {
        var playwright = await Playwright.CreateAsync();
        if (InstalledBrowser.Find(playwright) is not { } path) throw new RunFailedException(InstalledBrowser.NotFound);
        var browser = await playwright.Chromium.LaunchAsync(InstalledBrowser.OptionsFor(path));
        var page = await browser.NewPageAsync();
        await page.AddInitScriptAsync(ObserveFrames);
        await page.GotoAsync($"http://127.0.0.1:{port}/r/{room}");
        await page.Locator("#room[data-connection=connected]").WaitForAsync();
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Performance.enable", new() { ["timeDomain"] = "threadTicks" });
        return new RoomPage(playwright, browser, page, session);
    }

    public async Task<bool> HasDrawnAsync(long seq)
    {
        try
        {
            await page.WaitForFunctionAsync(IsDrawn, seq, new() { Timeout = 60_000, PollingInterval = 50 });
            return true;
        }
        catch (TimeoutException)
        {
            throw new RunFailedException("the page was a minute behind");
        }
    }

    public async Task<PageState> MeasureAsync()
    {
        var frames = await page.EvaluateAsync<double[]>("() => longFrames.splice(0)");
        var metrics = await ReadMetricsAsync();
        return new PageState(
            metrics["TaskDuration"] * 1e3, metrics["JSHeapUsedSize"] / 1048576, (int)metrics["Nodes"],
            frames.Length, frames.DefaultIfEmpty().Max());
    }

    public async Task<bool> CollectGarbageAsync() =>
        await session.SendAsync("HeapProfiler.collectGarbage") is not null;

    private async Task<Dictionary<string, double>> ReadMetricsAsync() =>
        (await session.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray().ToDictionary(
            metric => metric.GetProperty("name").GetString()!, metric => metric.GetProperty("value").GetDouble());

    public void Dispose()
    {
        browser.CloseAsync().GetAwaiter().GetResult();
        playwright.Dispose();
    }
}
