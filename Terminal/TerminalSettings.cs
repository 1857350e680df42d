using System.ComponentModel;
namespace RoomChat.Terminal;

internal sealed class TerminalSettings
{
    [Description("shows what is said in rooms")]
    public bool ShowText { get; init; } = true;

    [Description("shows what is said in direct chats")]
    public bool ShowDirectText { get; init; }

    [Description("writes a line of JSON for each event, for programs that collect them")]
    public bool Json { get; init; }

    [Description("shows what other servers add to the rooms that this one follows")]
    public bool AllServers { get; init; }
}
