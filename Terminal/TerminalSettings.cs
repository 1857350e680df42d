namespace RoomChat.Terminal;

internal sealed class TerminalSettings
{
    public bool ShowText { get; init; } = true;

    public bool ShowDirectText { get; init; }

    /// <summary>Shows what other servers append to the rooms that this one follows.</summary>
    public bool AllServers { get; init; }
}
