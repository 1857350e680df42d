using System.Globalization;
using RoomChat.Rooms;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace RoomChat.Terminal;

/// <summary>
/// Watches the feed on a thread of its own and prints it. Where the console blocks, only this thread waits; neither messages
/// nor the end of the process do.
/// </summary>
internal sealed class Screen : IDisposable
{
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(500);

    private readonly Feed _feed;
    private readonly TerminalSettings _settings;
    private readonly TimeProvider _time;
    private readonly Logger _console;
    private readonly Thread _thread;

    public Screen(Feed feed, TerminalSettings settings, TimeProvider time, Serilog.ILogger levels)
    {
        (_feed, _settings, _time) = (feed, settings, time);
        var ours = levels.ForContext(Constants.SourceContextPropertyName, nameof(RoomChat));
        feed.Wanted = happening => happening is Logged || ours.IsEnabled(LogEventLevel.Information);
        _console = new LoggerConfiguration()
            .Destructure.AsScalar<Who>()
            .WriteTo.Console(outputTemplate: "{Timestamp:HH:mm:ss} {Where,-6} {Message:lj}{NewLine}", theme: Theme.Wanted,
                formatProvider: CultureInfo.InvariantCulture)
            .CreateLogger();
        _thread = new Thread(Print) { IsBackground = true, Name = nameof(Screen) };
        _thread.Start();
    }

    public void Dispose()
    {
        _feed.End();
        if (_thread.Join(LastWords)) _console.Dispose();
    }

    private void Print()
    {
        foreach (var happening in _feed.Watch())
            foreach (var line in Line.Of(happening, _settings)) Print(happening.At, line);
    }

    private void Print(DateTimeOffset at, Line line)
    {
        if (!_console.BindMessageTemplate(line.Template, line.Values, out var template, out var values)) return;
        var where = new LogEventProperty("Where", new ScalarValue(line.Where));
        _console.Write(new LogEvent(TimeZoneInfo.ConvertTime(at, _time.LocalTimeZone), LogEventLevel.Information, null, template, values.Append(where)));
    }
}
