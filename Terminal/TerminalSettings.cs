namespace RoomChat.Terminal;

internal sealed class TerminalSettings
{
    /// <summary>Print what people write; otherwise only that they wrote, and how much.</summary>
    public bool ShowText { get; init; } = true;

    public bool ShowDirectText { get; init; }
}
