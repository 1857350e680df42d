using RoomChat.Rooms;
using Serilog.Core;
using Serilog.Events;

namespace RoomChat.Terminal;

internal sealed class LogEventSink(ActivityFeed activity) : ILogEventSink
{
    public void Emit(LogEvent logEvent) => activity.Publish(new LogEventActivity(logEvent));
}
