using System.Globalization;
using RoomChat.Rooms;
using Serilog.Events;
using Serilog.Formatting.Display;

namespace RoomChat.Terminal;

/// <summary>May contain user input: paths, headers, exception messages.</summary>
internal sealed record LogEventActivity(LogEvent Event) : Activity(Event.Timestamp)
{
    private static readonly MessageTemplateTextFormatter Formatter = new("{Message:lj}", CultureInfo.InvariantCulture);

    public override string Where => Event.Level switch
    {
        LogEventLevel.Verbose => "trace",
        LogEventLevel.Debug => "debug",
        LogEventLevel.Information => "info",
        LogEventLevel.Warning => "warn",
        LogEventLevel.Error => "error",
        LogEventLevel.Fatal => "fatal",
    };

    public override ActivityLine Line
    {
        get
        {
            var message = new StringWriter();
            Formatter.Format(Event, message);
            return Event.Exception is { } exception
                ? new("{Message}{Exception}", message.ToString(), new EscapedBlock(exception.ToString()))
                : new("{Message}", message.ToString());
        }
    }
}
