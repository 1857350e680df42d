using System.Collections.Concurrent;
using RoomChat.Rooms;
using Serilog.Core;
using Serilog.Events;

namespace RoomChat.Terminal;

/// <summary>Requests may cause warnings: the first of a kind in a minute are shown, and then their number.</summary>
internal sealed class LogEventSink(ActivityFeed activity, TimeProvider time) : ILogEventSink
{
    private const int ShownPerMinute = 20;

    private readonly KeyedRateLimiter<string> _shown = new(time, ShownPerMinute);
    private readonly ConcurrentDictionary<string, int> _notShown = new();

    public void Emit(LogEvent logEvent)
    {
        var kind = logEvent.MessageTemplate.Text;
        if (logEvent.Level >= LogEventLevel.Warning && _shown.TryTake(kind) is not null)
        {
            _notShown.AddOrUpdate(kind, 1, (_, count) => count + 1);
            return;
        }
        activity.Publish(new LogEventActivity(logEvent));
        if (_notShown.TryRemove(kind, out var more)) activity.Publish(new MoreLogged(logEvent.Timestamp, more));
    }
}

internal sealed record MoreLogged(DateTimeOffset At, int Count) : Activity(At)
{
    public override ActivityLine Line => new("… {Count} more like the last line were not shown", Count);
}
