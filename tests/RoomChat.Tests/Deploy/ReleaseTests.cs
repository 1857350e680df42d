using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using RoomChat.Api;
using RoomChat.Tests.Architecture;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Deploy;

/// <summary>One file, and a .NET tool. They take minutes to make, so this runs only where it is asked for.</summary>
public sealed partial class ReleaseTests : IDisposable
{
    private const string OneFile = "linux-x64";
    private const string Tool = "tool";

    private static readonly Lazy<Task<string>> Releases = new(MakeAsync);

    private readonly DirectoryInfo _installed = Directory.CreateTempSubdirectory("roomchat-installed-");
    private readonly DirectoryInfo _started = Directory.CreateTempSubdirectory("roomchat-started-");

    [Theory(Explicit = true)]
    [InlineData(OneFile)]
    [InlineData(Tool)]
    public async Task NothingIsNeededWhereItIsStarted(string release)
    {
        var command = await InstallAsync(release);
        using var version = ServerProcess.OfRelease(command, _started.FullName, "--version");
        Assert.Equal(0, await version.WaitForExitAsync());
        Assert.Equal(Health.Version.Split('+')[0], Assert.Single(version.Output).Split('+')[0]);

        using var server = await ServerProcess.OfReleaseAsync(command, _started.FullName);

        await AssertServesAssetsAsync(server);
        using var program = await ApiClient.OfAsync(server.Address);
        await program.JoinAsync(await program.CreateRoomAsync(), "ana");
        await program.PostMessageAsync("hello");
        Assert.Equal(["hello"], (await program.ReadAsync()).Texts);
        Assert.Empty(server.Errors);
    }

    [Theory(Explicit = true)]
    [InlineData(OneFile)]
    [InlineData(Tool)]
    public async Task AnAppsettingsFileWhereItIsStartedCounts(string release)
    {
        var command = await InstallAsync(release);
        await File.WriteAllTextAsync(
            Path.Combine(_started.FullName, "appsettings.json"),
            """{ "RoomChat": { "Limits": { "MessageLength": 3 } } }""",
            TestContext.Current.CancellationToken);
        using var server = await ServerProcess.OfReleaseAsync(command, _started.FullName);
        using var program = await ApiClient.OfAsync(server.Address);
        await program.JoinAsync(await program.CreateRoomAsync(), "ana");

        var four = await program.PostAsync($"/api/rooms/{program.Room}/messages", new { text = "four" }, program.Seat);

        Assert.Equal("text-too-long", four.Code);
        await AssertServesAssetsAsync(server);
    }

    [Fact(Explicit = true)]
    public async Task TheSameCommitGivesTheSameExecutable()
    {
        var clone = Path.Combine(_started.FullName, "clone");
        List<string> hashes = [];
        for (var time = 0; time < 2; time++)
        {
            await RunAsync("git", "clone", "--quiet", SourceFiles.Root, clone);
            await RunAsync(Path.Combine(clone, "deploy", "release"), OneFile);
            await using var executable = File.OpenRead(Path.Combine(clone, "deploy", "out", $"roomchat-{OneFile}"));
            hashes.Add(Convert.ToHexString(
                await SHA256.HashDataAsync(executable, TestContext.Current.CancellationToken)));
            Directory.Delete(clone, recursive: true);
        }
        Assert.Equal(hashes[0], hashes[1]);
    }

    [Fact(Explicit = true)]
    public async Task ItsBillOfMaterialsListsThePackagesThatAreInIt()
    {
        await using var bill = File.OpenRead(Path.Combine(await Releases.Value, "roomchat.cdx.json"));
        var components = (await JsonDocument.ParseAsync(bill, default, TestContext.Current.CancellationToken))
            .RootElement.GetProperty("components").EnumerateArray()
            .ToDictionary(component => component.GetProperty("name").GetString()!);

        Assert.Contains("Serilog.AspNetCore", components.Keys);
        Assert.Contains("StackExchange.Redis", components.Keys);
        Assert.DoesNotContain("Roslynator.Formatting.Analyzers", components.Keys);
        Assert.All(components.Values, component => Assert.NotEmpty(component.GetProperty("hashes").EnumerateArray()));
    }

    public void Dispose()
    {
        _installed.Delete(recursive: true);
        _started.Delete(recursive: true);
    }

    private static async Task AssertServesAssetsAsync(ServerProcess server)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var http = new HttpClient { BaseAddress = server.Address };
        var page = await http.GetStringAsync("/", cancellation);

        var assets = Asset().Matches(page).Select(match => match.Groups["path"].Value).ToArray();
        Assert.True(assets.Length > 30, page);
        foreach (var asset in assets)
        {
            var answer = await http.GetAsync(asset, cancellation);
            Assert.True(answer.IsSuccessStatusCode, $"{asset}: {answer.StatusCode}");
            Assert.Contains("immutable", $"{answer.Headers.CacheControl}", StringComparison.Ordinal);
        }
    }

    /// <summary>Gives the path of the command.</summary>
    private async Task<string> InstallAsync(string release)
    {
        var releases = await Releases.Value;
        var folder = _installed.FullName;
        var command = Path.Combine(folder, "roomchat");
        if (release == Tool)
            await RunAsync("dotnet", "tool", "install", "roomchat", "--source", releases, "--tool-path", folder);
        else
            File.Copy(Path.Combine(releases, $"roomchat-{release}"), command);
        return command;
    }

    /// <summary>Gives the folder of what was made.</summary>
    private static async Task<string> MakeAsync()
    {
        var deploy = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../deploy"));
        await RunAsync(Path.Combine(deploy, "release"), OneFile, Tool);
        return Path.Combine(deploy, "out");
    }

    private static async Task RunAsync(string command, params string[] arguments)
    {
        using var process = Process.Start(command, arguments);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    [GeneratedRegex("\"(?<path>/(?:js|css)/[^\"]+\\.[a-z0-9]{10}\\.(?:js|css))\"")]
    private static partial Regex Asset();
}
