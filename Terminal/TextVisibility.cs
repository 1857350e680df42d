using RoomChat.Rooms;

namespace RoomChat.Terminal;

/// <summary>Decides whether the terminal shows what people write.</summary>
internal sealed class TextVisibility(TerminalSettings settings)
{
    public ActivityLine LineOf(Activity activity) =>
        activity is EventAppended { Event.Type: EventType.Message or EventType.Edited or EventType.Titled } said
        && !ShowsText(said)
            ? said.LineWithoutText
            : activity.Line;

    private bool ShowsText(EventAppended said) =>
        said.IsSealed || (said.IsDirect ? settings.ShowDirectText : settings.ShowText);
}
