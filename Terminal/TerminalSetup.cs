using Serilog;
using Serilog.AspNetCore;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;
using SerilogILogger = Serilog.ILogger;

namespace RoomChat.Terminal;

public static class TerminalSetup
{
    /// <summary>At any enabled level, each request gets an activity, which its connection keeps in memory.</summary>
    private const string RequestDiagnostics = "Microsoft.AspNetCore.Hosting.Diagnostics";

    public static void AddTerminal(this WebApplicationBuilder builder)
    {
        // A logger per host instead of the static one: the tests run several hosts in one process.
        builder.Services.AddSerilog(
            (services, logger) => logger
                .MinimumLevel.Override(RequestDiagnostics, LevelAlias.Off)
                .ReadFrom.Configuration(builder.Configuration)
                .ReadFrom.Services(services)
                .Filter.ByExcluding(IsExpected)
                .Enrich.With<ConnectionTokenRedaction>()
                .WriteTo.Sink(ActivatorUtilities.CreateInstance<LogEventSink>(services)),
            preserveStaticLogger: true);
        // Serilog's own factory makes new loggers for every connection; the framework's makes one per category.
        builder.Logging.ClearProviders().AddFilter<SerilogLoggerProvider>(null, LogLevel.Trace);
        builder.Services
            .AddSingleton<ILoggerProvider>(
                services => new SerilogLoggerProvider(services.GetRequiredService<SerilogILogger>()))
            .AddSingleton<ILoggerFactory, LoggerFactory>();
        builder.Services.AddHostedService<TerminalWriter>();
        builder.Services.AddSingleton<TerminalCommands>().AddHostedService<TerminalInput>();
    }

    public static void UseRequestLogging(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<SerilogILogger>();
        if (logger.ForContext<RequestLoggingOptions>().IsEnabled(LogEventLevel.Information))
            app.UseSerilogRequestLogging(options => options.Logger = logger);
    }

    /// <summary>Program explains a failed start; malformed input from a client is not our error.</summary>
    private static bool IsExpected(LogEvent logged)
    {
        if (logged.Exception is not { } exception) return false;
        if (!logged.Properties.TryGetValue(Constants.SourceContextPropertyName, out var source)) return false;
        return (source as ScalarValue)?.Value switch
        {
            "Microsoft.Extensions.Hosting.Internal.Host" => StartupError.Explain(exception) is not null,
            "Microsoft.AspNetCore.SignalR.HubConnectionHandler" => exception is InvalidDataException,
            _ => false,
        };
    }

    /// <summary>SignalR's connection token is a secret, and is part of the query string.</summary>
    private sealed class ConnectionTokenRedaction : ILogEventEnricher
    {
        private static readonly string[] Names = ["QueryString", "TransportConnectionId"];
        private static readonly ScalarValue Redacted = new("…");

        public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
        {
            foreach (var name in Names)
                if (logEvent.Properties.TryGetValue(name, out var value)
                    && value is not ScalarValue { Value: null or "" })
                    logEvent.AddOrUpdateProperty(new LogEventProperty(name, Redacted));
        }
    }
}
