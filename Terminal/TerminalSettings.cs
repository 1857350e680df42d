namespace RoomChat.Terminal;

internal sealed class TerminalSettings
{
    public bool ShowText { get; init; } = true;

    public bool ShowDirectText { get; init; }
}
