using System.Globalization;
using RoomChat.Rooms;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace RoomChat.Terminal;

/// <summary>On a thread of its own, so that a blocked console delays neither messages nor shutdown.</summary>
internal sealed class TerminalWriter : IHostedService, IDisposable
{
    private const string Template = "{Timestamp:HH:mm:ss} {Where,-6} {Message:lj}{NewLine}";

    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromMilliseconds(500);

    private readonly ActivityFeed _activity;
    private readonly TextVisibility _texts;
    private readonly TimeProvider _time;
    private readonly Logger _console;
    private Thread? _thread;

    public TerminalWriter(ActivityFeed activity, TerminalSettings settings, TimeProvider time, Serilog.ILogger levels)
    {
        (_activity, _texts, _time) = (activity, new TextVisibility(settings), time);
        var ours = levels.ForContext(Constants.SourceContextPropertyName, nameof(RoomChat));
        activity.Filter = shown => shown is LogEventActivity
            || (ours.IsEnabled(LogEventLevel.Information)
                && (settings.AllServers || shown is not EventAppended { IsElsewhere: true }));
        var console = new LoggerConfiguration().MinimumLevel.Verbose()
            .Destructure.AsScalar<PersonText>().Destructure.AsScalar<EscapedBlock>();
        if (settings.Json) console.WriteTo.Console(new CompactJsonFormatter());
        else console.WriteTo.Console(
            outputTemplate: Template, theme: TerminalTheme.Current, formatProvider: CultureInfo.InvariantCulture);
        _console = console.CreateLogger();
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _thread = new Thread(Print) { IsBackground = true, Name = nameof(TerminalWriter) };
        _thread.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Not when the host stops, since shutdown is shown too.</summary>
    public void Dispose()
    {
        _activity.Complete();
        if (_thread?.Join(FlushTimeout) != false) _console.Dispose();
    }

    private void Print()
    {
        foreach (var activity in _activity.Watch(Rest)) Print(activity);
    }

    private void Print(Activity activity)
    {
        var (template, values) = _texts.LineOf(activity);
        var escaped = Array.ConvertAll(values, EscapedText.Escape);
        if (!_console.BindMessageTemplate(template, escaped, out var parsed, out var properties)) return;
        var where = new LogEventProperty("Where", new ScalarValue(activity.Where));
        var at = TimeZoneInfo.ConvertTime(activity.At, _time.LocalTimeZone);
        var level = activity is LogEventActivity { Event.Level: var logged } ? logged : LogEventLevel.Information;
        _console.Write(new LogEvent(at, level, null, parsed, properties.Append(where)));
    }
}
