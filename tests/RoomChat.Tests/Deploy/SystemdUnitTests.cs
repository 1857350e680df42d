using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using RoomChat.Tests.Architecture;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Deploy;

/// <summary>deploy/roomchat.service, as systemd reads it. Skipped where systemd is not installed.</summary>
public sealed partial class SystemdUnitTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("roomchat-unit-");

    [Fact]
    public async Task TheUnitIsValid()
    {
        var unit = await File.ReadAllTextAsync(Unit, TestContext.Current.CancellationToken);
        var copy = Path.Combine(_folder.FullName, "roomchat.service");
        var product = Path.Combine(AppContext.BaseDirectory, "RoomChat");
        await File.WriteAllTextAsync(
            copy, unit.Replace("/opt/roomchat/RoomChat", product, StringComparison.Ordinal),
            TestContext.Current.CancellationToken);

        Assert.Equal("", await AnalyzeAsync("verify", copy));
    }

    [Fact]
    public async Task ExposureIsBelowTwo()
    {
        var exposure = Exposure().Match(await AnalyzeAsync("security", "--offline=true", "--no-pager", Unit));

        Assert.InRange(double.Parse(exposure.Groups["level"].Value, CultureInfo.InvariantCulture), 0, 1.9);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Unit => Path.Combine(SourceFiles.Root, "deploy", "roomchat.service");

    private static async Task<string> AnalyzeAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("systemd-analyze", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process? analysis = null;
        try
        {
            analysis = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("systemd is not installed.");
        }
        using (analysis)
        {
            var errors = analysis!.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var said = await analysis.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).Soon();
            return said + await errors.Soon();
        }
    }

    [GeneratedRegex(@"Overall exposure level for roomchat\.service: (?<level>[\d.]+)")]
    private static partial Regex Exposure();
}
