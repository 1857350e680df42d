using Serilog.Sinks.SystemConsole.Themes;

namespace RoomChat.Terminal;

internal static class Theme
{
    private const string Quiet = "\e[2m", Plain = "\e[0m", Person = "\e[36m", Number = "\e[33m";

    /// <summary>Times and codes stay back, people stand out, what they write is plain.</summary>
    private static readonly AnsiConsoleTheme Calm = new(new Dictionary<ConsoleThemeStyle, string>
    {
        [ConsoleThemeStyle.Text] = Plain,
        [ConsoleThemeStyle.SecondaryText] = Quiet,
        [ConsoleThemeStyle.TertiaryText] = Quiet,
        [ConsoleThemeStyle.String] = Plain,
        [ConsoleThemeStyle.Scalar] = Person,
        [ConsoleThemeStyle.Number] = Number,
    });

    /// <summary>As no-color.org has it: whatever NO_COLOR says, unless nothing, it means no.</summary>
    public static ConsoleTheme Wanted => string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) ? Calm : ConsoleTheme.None;
}
