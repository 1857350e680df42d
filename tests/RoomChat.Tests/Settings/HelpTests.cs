using System.Globalization;
using RoomChat.Api;
using RoomChat.Settings;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Settings;

public sealed class HelpTests
{
    [Fact]
    public async Task HelpListsEverySettingWithItsDefaultAndMeaningInsteadOfStarting()
    {
        using var alone = ServerProcess.RunIn(Path.GetTempPath(), "--help");

        Assert.Equal(0, await alone.WaitForExitAsync());
        Assert.Contains("  RoomChat:Limits:History=200", alone.Output);
        Assert.All(Help.Settings, setting =>
        {
            Assert.Contains($"  {setting.Name}={setting.Default}", alone.Output);
            Assert.Contains($"      {setting.Meaning}", alone.Output);
        });
    }

    [Fact]
    public async Task VersionSaysTheVersion()
    {
        using var alone = ServerProcess.RunIn(Path.GetTempPath(), "--version");

        Assert.Equal(0, await alone.WaitForExitAsync());
        Assert.Equal([Health.Version], alone.Output);
    }

    [Fact]
    public void TheReadmeListsEverySettingInOneTable()
    {
        var expected = Help.Settings.Select(setting => string.Create(
            CultureInfo.InvariantCulture,
            $"| `{setting.Name}` | `{setting.Variable}` | {Code(setting.Default)} | {setting.Meaning} |"));
        var actual = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "../../../../../README.md"))
            .Where(line => line.StartsWith("| `RoomChat:", StringComparison.Ordinal));

        Assert.Equal(expected, actual);
    }

    private static string Code(string value) => value is "" ? "" : $"`{value}`";
}
