using System.Diagnostics;
using System.Text.RegularExpressions;

namespace RoomChat.Tests.Deploy;

/// <summary>The lock file serves every runtime of a release; a build downloads none that it does not need.</summary>
public sealed partial class RestoreTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../.."));

    [Fact]
    public async Task TheLockFileServesEveryRuntimeOfARelease()
    {
        var release = await ReadAsync("deploy/release");
        var locked = Locked().Matches(await ReadAsync("packages.lock.json"));

        var runtimes = DefaultRuntimes().Match(release).Groups["names"].Value.Split(' ');
        Assert.Equal(runtimes.Order(), locked.Select(match => match.Groups["runtime"].Value).Order());
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("linux-musl-x64", 2)]
    public async Task ABuildDownloadsNoOtherRuntimeThanItsOwn(string runtime, int packages)
    {
        using var build = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                "msbuild", "RoomChat.csproj", "-target:CollectPackageDownloads", "-getItem:PackageDownload",
                $"-property:RuntimeIdentifier={runtime};SelfContained={runtime is not ""}",
            },
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        })!;

        var downloads = await build.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        var runtimes = RuntimePackage().Matches(downloads).Select(match => match.Groups["runtime"].Value);
        Assert.Equal(Enumerable.Repeat(runtime, packages), runtimes);
    }

    private static Task<string> ReadAsync(string file) =>
        File.ReadAllTextAsync(Path.Combine(Root, file), TestContext.Current.CancellationToken);

    [GeneratedRegex(@"runtimes=\((?<names>[a-z][^)]+)\)")]
    private static partial Regex DefaultRuntimes();

    [GeneratedRegex("\"net10.0/(?<runtime>[^\"]+)\"")]
    private static partial Regex Locked();

    [GeneratedRegex("\"Identity\": \"Microsoft\\.(?:NETCore|AspNetCore)\\.App\\.Runtime\\.(?<runtime>[^\"]+)\"")]
    private static partial Regex RuntimePackage();
}
