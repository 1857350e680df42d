using RoomChat.Rooms;
using RoomChat.Terminal;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Terminal;

[Collection(nameof(TestTerminal))]
public sealed class LevelTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly Activity Wrote = new EventAppended(
        Code.New(), new RoomEvent(1, EventType.Message, "ana", "a secret 👩‍👩‍👧", Noon), 1);

    [Fact]
    [CoversSetting<TerminalSettings>(nameof(TerminalSettings.ShowText))]
    public async Task TheTextOfAMessageCanBeHiddenButNotItsSender()
    {
        await using var terminal = new TestTerminal("--RoomChat:Terminal:ShowText=false");
        terminal.Publish(Wrote);

        Assert.EndsWith(
            " ana wrote 14 characters", Assert.Single(await terminal.LinesAsync()), StringComparison.Ordinal);
    }

    [CoversSetting<TerminalSettings>(nameof(TerminalSettings.ShowDirectText))]
    [Theory]
    [InlineData(null, "ana wrote 14 characters")]
    [InlineData("--RoomChat:Terminal:ShowDirectText=true", "ana: a secret 👩‍👩‍👧")]
    public async Task TheTextOfADirectChatIsHiddenUnlessASettingShowsIt(string? setting, string shown)
    {
        await using var terminal = setting is null ? new TestTerminal() : new TestTerminal(setting);
        terminal.Publish(((EventAppended)Wrote) with { IsDirect = true });

        Assert.EndsWith($" {shown}", Assert.Single(await terminal.LinesAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Information", 2)]
    [InlineData("Warning", 1)]
    [InlineData("Fatal", 0)]
    public async Task AHigherLevelIsQuieter(string level, int lines)
    {
        await using var terminal = new TestTerminal($"--Serilog:MinimumLevel:Default={level}");
        terminal.Publish(Wrote);
        terminal.Logger.LogWarning("Careful");

        Assert.Equal(lines, (await terminal.LinesAsync()).Length);
    }

    [Fact]
    public async Task EveryLevelHasAWordInTheCodeColumn()
    {
        await using var terminal = new TestTerminal("--Serilog:MinimumLevel:Default=Verbose");
        foreach (var level in Enum.GetValues<LogLevel>()) terminal.Logger.Log(level, "Something");

        Assert.Equal(
            ["trace ", "debug ", "info  ", "warn  ", "error ", "fatal "],
            (await terminal.LinesAsync()).Select(line => line[9..15]));
    }

    [Fact]
    public async Task FrameworkMessagesBelowWarningAreNotShown()
    {
        await using var terminal = new TestTerminal();
        var framework = terminal.LoggerOf("Microsoft.AspNetCore.Routing.EndpointMiddleware");
        framework.LogInformation("Request starting");
        framework.LogWarning("Request failing");

        Assert.EndsWith(
            " warn   Request failing", Assert.Single(await terminal.LinesAsync()), StringComparison.Ordinal);
    }
}
