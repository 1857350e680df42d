using System.Globalization;
using System.Text.Json;
using RoomChat.Accounts;
using RoomChat.Rooms;
using RoomChat.Web;
using Serilog.Events;
using Serilog.Formatting.Display;

namespace RoomChat.Terminal;

/// <summary>A name on the screen, coloured as one.</summary>
internal readonly record struct Who(string Name)
{
    public override string ToString() => Escaped.Line(Name, 40);
}

/// <summary>One line of the terminal: where it happened, and a message template with its values.</summary>
internal sealed record Line(string Where, string Template, params object[] Values)
{
    private static readonly MessageTemplateTextFormatter Words = new("{Message:lj}", CultureInfo.InvariantCulture);

    public static IEnumerable<Line> Of(Happening happening, TerminalSettings settings) => happening switch
    {
        Told told => [Of(told, settings)],
        RoomOpened { Pair: { } pair } direct =>
            [new(direct.Room.ToString(), "* direct chat of {Who} and {With}", new Who(pair.Asked.Shown), new Who(pair.With.Shown))],
        RoomOpened opened => [new(opened.Room.ToString(), opened.Again ? "* room made again" : "* room made")],
        RoomClosed closed => [new(closed.Room.ToString(), "* room closed")],
        Dropped dropped => [new(dropped.Room.ToString(), "~ {Who} dropped", new Who(dropped.Name))],
        CameBack back => [new(back.Room.ToString(), "~ {Who} is back", new Who(back.Name))],
        CutOff cut => [new($"{cut.Room}", "~ {Who} cut off: {Why}", new Who(cut.Name ?? "somebody"), Reason(cut.Why))],
        Refused refused => [Of(refused)],
        RefusedMore more => [new("", "! {Count} more refused from {Address}", more.Count, more.From)],
        SignedUp up => [new("", "@ {Who} signed up", new Who(up.Name))],
        SignedIn @in => [new("", "@ {Who} signed in", new Who(@in.Name))],
        SignedOut @out => [new("", "@ {Who} signed out", new Who(@out.Name))],
        PasswordChanged changed => [new("", "@ {Who} changed the password", new Who(changed.Name))],
        Listening listening => listening.Addresses.Select(address => new Line("", "RoomChat is at {Address}", address)),
        Skipped skipped => [new("", "… {Events} events skipped here: the terminal could not keep up", skipped.Events)],
        Logged logged => [Of(logged.Event)],
        _ => [],
    };

    /// <summary>In the words of the contract: TooSlow is "too-slow".</summary>
    private static string Reason(Parting why) => JsonNamingPolicy.KebabCaseLower.ConvertName(why.ToString());

    private static Line Of(Told told, TerminalSettings settings)
    {
        var (room, who, line) = (told.Room.ToString(), new Who(told.Line.From), told.Line);
        return line.Type switch
        {
            EventType.Joined => new(room, "+ {Who} ({Here} here)", who, told.Here),
            EventType.Left => new(room, "- {Who} ({Here} here)", who, told.Here),
            EventType.Message when (told.IsDirect ? settings.ShowDirectText : settings.ShowText) => new(room, "{Who}: {Text}", who, Escaped.Line(line.Text!)),
            EventType.Message => new(room, "{Who} wrote {Length} characters", who, line.Text!.EnumerateRunes().Count()),
        };
    }

    private static Line Of(Refused refused)
    {
        var known = Code.TryParse(refused.Room, out var code);
        var typed = known || refused.Room is null ? "" : $" at \"{Escaped.Line(refused.Room, 20)}\"";
        return new(known ? code.ToString() : "", "! {Who} refused: {Why}{Typed}", new Who(refused.Name ?? "somebody"), refused.Why.Code, typed);
    }

    /// <summary>The framework's own words may hold what a stranger sent: paths, headers, messages of exceptions.</summary>
    private static Line Of(LogEvent logged)
    {
        var words = new StringWriter();
        Words.Format(logged, words);
        var trouble = logged.Exception is { } exception ? Escaped.Block(exception.ToString()) : "";
        return new(LevelOf(logged), "{Words}{Trouble}", Escaped.Line(words.ToString()), trouble);
    }

    private static string LevelOf(LogEvent logged) => logged.Level switch
    {
        LogEventLevel.Verbose => "trace",
        LogEventLevel.Debug => "debug",
        LogEventLevel.Information => "info",
        LogEventLevel.Warning => "warn",
        LogEventLevel.Error => "error",
        LogEventLevel.Fatal => "fatal",
    };
}
