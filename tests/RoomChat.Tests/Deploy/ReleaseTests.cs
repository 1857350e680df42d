using System.Diagnostics;
using System.Text.RegularExpressions;
using RoomChat.Api;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Deploy;

/// <summary>The release of one file. It takes minutes to make, so it runs only where it is asked for.</summary>
public sealed partial class ReleaseTests : IDisposable
{
    private const string Runtime = "linux-x64";

    private static readonly Lazy<Task<string>> Release = new(MakeReleaseAsync);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("roomchat-release-");

    [Fact(Explicit = true)]
    public async Task OneFileInAFolderOfItsOwnIsAllThatAServerNeeds()
    {
        var executable = await MakeAsync();
        Assert.Equal(Health.Version[..5], Assert.Single(await OutputOfAsync(executable, "--version"))[..5]);
        using var server = await ServerProcess.OfExecutableAsync(executable);
        using var http = new HttpClient { BaseAddress = server.Address };
        var cancellation = TestContext.Current.CancellationToken;
        var page = await http.GetStringAsync("/", cancellation);

        var assets = Asset().Matches(page).Select(match => match.Groups["path"].Value).ToArray();
        Assert.True(assets.Length > 30, page);
        foreach (var asset in assets)
        {
            var answer = await http.GetAsync(asset, cancellation);
            Assert.True(answer.IsSuccessStatusCode, $"{asset}: {answer.StatusCode}");
            Assert.Contains("immutable", $"{answer.Headers.CacheControl}", StringComparison.Ordinal);
        }
        using var program = await ApiClient.OfAsync(server.Address);
        await program.JoinAsync(await program.CreateRoomAsync(), "ana");
        await program.PostMessageAsync("hello");
        Assert.Equal(["hello"], (await program.ReadAsync()).Texts);
        Assert.Empty(server.Errors);
    }

    [Fact(Explicit = true)]
    public async Task AnAppsettingsFileBesideItCounts()
    {
        var executable = await MakeAsync();
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "appsettings.json"),
            """{ "RoomChat": { "Limits": { "MessageLength": 3 } } }""",
            TestContext.Current.CancellationToken);
        using var server = await ServerProcess.OfExecutableAsync(executable);
        using var program = await ApiClient.OfAsync(server.Address);
        await program.JoinAsync(await program.CreateRoomAsync(), "ana");

        var four = await program.PostAsync($"/api/rooms/{program.Room}/messages", new { text = "four" }, program.Seat);

        Assert.Equal("text-too-long", four.Code);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<string> MakeAsync()
    {
        var executable = Path.Combine(_folder.FullName, "roomchat");
        File.Copy(await Release.Value, executable);
        return executable;
    }

    private static async Task<string> MakeReleaseAsync()
    {
        var script = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../deploy/release"));
        using var release = Process.Start(script, [Runtime]);
        await release.WaitForExitAsync();
        Assert.Equal(0, release.ExitCode);
        return Path.Combine(Path.GetDirectoryName(script)!, "out", $"roomchat-{Runtime}");
    }

    private static async Task<IReadOnlyList<string>> OutputOfAsync(string executable, string argument)
    {
        using var server = ServerProcess.OfExecutable(executable, argument);
        Assert.Equal(0, await server.WaitForExitAsync());
        return server.Output;
    }

    [GeneratedRegex("\"(?<path>/(?:js|css)/[^\"]+\\.[a-z0-9]{10}\\.(?:js|css))\"")]
    private static partial Regex Asset();
}
