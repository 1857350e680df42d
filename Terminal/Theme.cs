using Serilog.Sinks.SystemConsole.Themes;

namespace RoomChat.Terminal;

internal static class Theme
{
    private const string Quiet = "\e[2m", Plain = "\e[0m", Person = "\e[36m", Number = "\e[33m";

    /// <summary>Times and codes stay back, people stand out, what they write is plain.</summary>
    public static AnsiConsoleTheme Calm { get; } = new(new Dictionary<ConsoleThemeStyle, string>
    {
        [ConsoleThemeStyle.Text] = Plain,
        [ConsoleThemeStyle.SecondaryText] = Quiet,
        [ConsoleThemeStyle.TertiaryText] = Quiet,
        [ConsoleThemeStyle.String] = Plain,
        [ConsoleThemeStyle.Scalar] = Person,
        [ConsoleThemeStyle.Number] = Number,
    });
}
