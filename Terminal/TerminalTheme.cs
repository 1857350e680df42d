using Serilog.Sinks.SystemConsole.Themes;

namespace RoomChat.Terminal;

internal static class TerminalTheme
{
    private const string Dim = "\e[2m", Plain = "\e[0m", Cyan = "\e[36m", Yellow = "\e[33m";

    private static readonly AnsiConsoleTheme Coloured = new(new Dictionary<ConsoleThemeStyle, string>
    {
        [ConsoleThemeStyle.Text] = Plain,
        [ConsoleThemeStyle.SecondaryText] = Dim,
        [ConsoleThemeStyle.TertiaryText] = Dim,
        [ConsoleThemeStyle.String] = Plain,
        [ConsoleThemeStyle.Scalar] = Cyan,
        [ConsoleThemeStyle.Number] = Yellow,
    });

    public static ConsoleTheme Current =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) ? Coloured : ConsoleTheme.None;
}
