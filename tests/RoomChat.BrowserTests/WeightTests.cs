using System.Diagnostics;
using RoomChat.BrowserTests.Support;
using RoomChat.Tests.Support;

namespace RoomChat.BrowserTests;

public sealed class WeightTests(Browser browser) : BrowserTest(browser)
{
    [Fact]
    public async Task ThePublishedRoomPageIsUnder100KilobytesAndItsPartsMayBeKeptForEver()
    {
        var folder = Directory.CreateTempSubdirectory("published");
        await PublishAsync(folder.FullName);
        var server = Keep(await ServerProcess.PublishedAsync(folder.FullName));
        var ana = await OpenAsync($"{server.Address}");
        var bytes = 0.0;
        List<(string Path, string? Cache)> files = [];
        ana.Page.Response += (_, response) =>
        {
            var path = new Uri(response.Url).AbsolutePath;
            var cache = response.Headers.GetValueOrDefault("cache-control");
            if (path.Contains('.', StringComparison.Ordinal)) files.Add((path, cache));
        };
        var tools = await ana.Page.Context.NewCDPSessionAsync(ana.Page);
        await tools.SendAsync("Network.enable");
        await tools.SendAsync("Network.setCacheDisabled", new() { ["cacheDisabled"] = true });
        tools.Event("Network.loadingFinished").OnEvent += (_, finished) =>
            bytes += finished!.Value.GetProperty("encodedDataLength").GetDouble();

        await ana.Name.FillAsync("ana");
        await ana.Button("Create a room").ClickAsync();
        await ana.WaitUntilConnectedAsync();

        TestContext.Current.TestOutputHelper!.WriteLine($"{bytes:N0} bytes, {files.Count} files");
        Assert.InRange(bytes, 5_000, 100_000);
        Assert.Contains(files, file => file.Path.StartsWith("/js/state.", StringComparison.Ordinal));
        Assert.All(files, file =>
        {
            Assert.Matches(@"\.[a-z0-9]{10}\.(js|css|svg)$", file.Path);
            Assert.Contains("immutable", file.Cache, StringComparison.Ordinal);
        });
        await server.StopAsync();
        folder.Delete(recursive: true);
    }

    /// <summary>A module that is not preloaded is requested only after the one that imports it has arrived.</summary>
    [Fact]
    public async Task EveryModuleOfTheRoomPageIsPreloaded()
    {
        var ana = await JoinedAsync(NewRoom(), "ana");

        var preloaded = await ana.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('link[rel=modulepreload], script[src*="/js/"]')]
              .map((tag) => tag.href ?? tag.src)
            """);
        var loaded = await ana.Page.EvaluateAsync<string[]>("""
            () => performance.getEntriesByType('resource')
              .map((entry) => entry.name)
              .filter((name) => name.includes('/js/'))
            """);

        Assert.Equal(loaded.Distinct().Order(), preloaded.Order());
    }

    private static async Task PublishAsync(string folder)
    {
        var top = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(top.FullName, "RoomChat.slnx"))) top = top.Parent!;
        string[] arguments = ["publish", "RoomChat.csproj", "-c", "Release", "-o", folder, "--nologo", "-v", "quiet"];
        using var publish = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = top.FullName,
        })!;
        await publish.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, publish.ExitCode);
    }
}
