using RoomChat.Rooms;

namespace RoomChat.Terminal;

/// <summary>Decides whether the terminal shows what people write.</summary>
internal sealed class TextVisibility(TerminalSettings settings)
{
    public ActivityLine LineOf(Activity activity) =>
        activity is EventAppended { Event.Type: EventType.Message } message && !ShowsText(message)
            ? message.LineWithoutText
            : activity.Line;

    private bool ShowsText(EventAppended message) => message.IsDirect ? settings.ShowDirectText : settings.ShowText;
}
