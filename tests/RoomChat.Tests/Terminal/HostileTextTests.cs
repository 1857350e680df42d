using System.Text.RegularExpressions;
using RoomChat.Rooms;
using RoomChat.Web;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Terminal;

[Collection(nameof(TestTerminal))]
public sealed partial class HostileTextTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly TestTerminal _terminal = new();

    public static TheoryData<string> Hostile =>
    [
        "hi\nho", "hi\r\nho", "hi\rho", "hi\tho", "\0", "\a\b\u007F",
        "\e[2J\e[31mred", "\e]0;title\a", "\u009B31mred", "\u0085next",
        "\u202Eevil", "\u2066evil\u2069", "\u200Emark", "\u2028line\u2029paragraph", "\uFEFF\u00AD\u200B",
        "\U000E0041tag", "\uE000", "\uD800",
        "hi\n12:00:00 K7M2QX admin: pay me",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task AMessageTakesOneLineOfPlainCharacters(string text)
    {
        var (room, name) = (Code.New(), text);
        _terminal.Publish(new EventAppended(room, new RoomEvent(1, EventType.Message, "ana", text, Noon), 1));
        _terminal.Publish(new EventAppended(room, new RoomEvent(2, EventType.Joined, name, null, Noon), 1));
        _terminal.Publish(new RequestRefused(Noon, text, name, Reason.RoomNotFound));

        var lines = await _terminal.LinesAsync();

        Assert.Equal(3, lines.Length);
        Assert.All(lines, line => Assert.Matches(Plain(), line));
    }

    [Theory]
    [InlineData("ana", "ana")]
    [InlineData("watcher left", "\"watcher left\"")]
    [InlineData("ana: I quit. bo", "\"ana: I quit. bo\"")]
    [InlineData("ana\" (2 here)", "\"ana\\\" (2 here)\"")]
    public async Task ANameOfSeveralWordsIsSetApartFromOurs(string name, string shown)
    {
        _terminal.Publish(new EventAppended(Code.New(), new RoomEvent(1, EventType.Joined, name, null, Noon), 1));
        _terminal.Publish(new EventAppended(Code.New(), new RoomEvent(2, EventType.Message, name, "hi", Noon), 1));

        var lines = await _terminal.LinesAsync();

        Assert.EndsWith($" + {shown} (1 here)", lines[0], StringComparison.Ordinal);
        Assert.EndsWith($" {shown}: hi", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task EscapedTextCanStillBeRead()
    {
        _terminal.Publish(
            new EventAppended(
                Code.New(),
                new RoomEvent(1, EventType.Message, "ana", "hi\n12:00:00 K7M2QX admin: \e[31mpay me", Noon),
                1));

        Assert.EndsWith(
            @" ana: hi\n12:00:00 K7M2QX admin: \u{1B}[31mpay me",
            Assert.Single(await _terminal.LinesAsync()),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryScriptAndJoinedEmojiAreShownUnchanged()
    {
        const string text = "grüß dich, Привет, שלום, 你好, नमस्ते, 👩‍👩‍👧";
        _terminal.Publish(new EventAppended(Code.New(), new RoomEvent(1, EventType.Message, "ana", text, Noon), 1));

        Assert.EndsWith($" ana: {text}", Assert.Single(await _terminal.LinesAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TemplatesInAMessageAreShownAsText()
    {
        _terminal.Publish(
            new EventAppended(
                Code.New(), new RoomEvent(1, EventType.Message, "{Who}", "{Text} {{0}} {Where,10}", Noon), 1));

        Assert.EndsWith(
            " {Who}: {Text} {{0}} {Where,10}", Assert.Single(await _terminal.LinesAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task ALoggedValueTakesOneLineOfPlainCharacters(string text)
    {
        _terminal.Logger.LogWarning("The path {Path} has {@Parts}", text, new[] { text });

        Assert.Matches(Plain(), Assert.Single(await _terminal.LinesAsync()));
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task ALoggedTemplateTakesOneLineOfPlainCharacters(string text)
    {
        _terminal.Logger.Log(
            LogLevel.Warning, 0, new[] { KeyValuePair.Create<string, object?>("{OriginalFormat}", text) }, null,
            (_, _) => text);

        Assert.Matches(Plain(), Assert.Single(await _terminal.LinesAsync()));
    }

    [Fact]
    public async Task EveryLineOfALoggedExceptionIsIndented()
    {
        _terminal.Logger.LogError(
            new InvalidOperationException("Bad:\r\n12:00:00 K7M2QX admin: pay me\n\e[31mred"), "It failed");

        var lines = await _terminal.LinesAsync();

        Assert.EndsWith(" error  It failed", lines[0], StringComparison.Ordinal);
        Assert.Contains("    12:00:00 K7M2QX admin: pay me", lines);
        Assert.All(lines[1..], line => Assert.Matches(@"^    [^\p{C}]*$", line));
    }

    public ValueTask DisposeAsync() => _terminal.DisposeAsync();

    /// <summary>Neither control nor format characters, surrogates, private use, or other breaks of a line.</summary>
    [GeneratedRegex(@"^\d\d:\d\d:\d\d .{6} [^\p{C}\p{Zl}\p{Zp}]+$")]
    private static partial Regex Plain();
}
