using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using RoomChat.Rooms;
using RoomChat.Start;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace RoomChat.Terminal;

public static class TerminalSetup
{
    private const string Requests = "Microsoft.AspNetCore.Hosting.Diagnostics";

    public static void AddTerminal(this WebApplicationBuilder builder)
    {
        builder.Services.AddSettings<TerminalSettings>("RoomChat:Terminal");
        builder.Services.AddSingleton<Serilog.ILogger>(provider => new LoggerConfiguration()
            .ReadFrom.Configuration(builder.Configuration)
            .Filter.ByExcluding(IsSaidElsewhere)
            .Enrich.With<WithoutTickets>()
            .WriteTo.Sink(new FeedSink(provider.GetRequiredService<Feed>()))
            .CreateLogger());
        builder.Services.AddSingleton<Screen>();

        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace);   // what is shown is said once, in Serilog's settings
        builder.Services.AddSingleton<ILoggerProvider>(provider => new SerilogLoggerProvider(provider.GetRequiredService<Serilog.ILogger>()));
        builder.Services.AddOptions<LoggerFilterOptions>().Configure<Serilog.ILogger>(SpareRequests);
    }

    /// <summary>
    /// Where a request could say the worst, it gets an activity and a scope to be logged with, and a connection keeps them;
    /// not where nobody wants requests logged.
    /// </summary>
    private static void SpareRequests(LoggerFilterOptions filters, Serilog.ILogger shown)
    {
        if (!shown.ForContext(Constants.SourceContextPropertyName, Requests).IsEnabled(LogEventLevel.Information))
            filters.Rules.Add(new LoggerFilterRule(null, Requests, null, (_, _, level) => level != LogLevel.Critical));
    }

    /// <summary>From here on the terminal shows what happens, first of all where to go.</summary>
    public static void ShowTerminal(this WebApplication app)
    {
        app.Services.GetRequiredService<Screen>();
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
            app.Services.GetRequiredService<Feed>().Publish(
                new Listening(app.Services.GetRequiredService<TimeProvider>().GetUtcNow(), [.. addresses.SelectMany(ToOpen)]));
        });
    }

    private static IEnumerable<string> ToOpen(string address)
    {
        var at = BindingAddress.Parse(address);
        if (at.Host is not ("0.0.0.0" or "[::]" or "+" or "*")) return [address];

        var own = from network in NetworkInterface.GetAllNetworkInterfaces()
                  where network.OperationalStatus == OperationalStatus.Up
                  from unicast in network.GetIPProperties().UnicastAddresses
                  where unicast.Address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(unicast.Address)
                  select unicast.Address.ToString();
        return own.Prepend("localhost").Select(host => $"{at.Scheme}://{host}:{at.Port}");
    }

    /// <summary>A failed start is told in one sentence by Program; a client that sends nonsense is not our error.</summary>
    private static bool IsSaidElsewhere(LogEvent logged) =>
        logged.Exception is not null && logged.Properties.TryGetValue(Constants.SourceContextPropertyName, out var source) && source.ToString() switch
        {
            "\"Microsoft.Extensions.Hosting.Internal.Host\"" => StartProblem.Explain(logged.Exception) is not null,
            "\"Microsoft.AspNetCore.SignalR.HubConnectionHandler\"" => logged.Exception is InvalidDataException,
            _ => false,
        };

    /// <summary>A negotiated connection has a ticket, which is in its address too.</summary>
    private sealed class WithoutTickets : ILogEventEnricher
    {
        private static readonly ScalarValue Hidden = new("…");

        public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
        {
            foreach (var name in (string[])["QueryString", "TransportConnectionId"])
                if (logEvent.Properties.TryGetValue(name, out var value) && value is not ScalarValue { Value: null or "" })
                    logEvent.AddOrUpdateProperty(new LogEventProperty(name, Hidden));
        }
    }

    private sealed class FeedSink(Feed feed) : ILogEventSink
    {
        public void Emit(LogEvent logEvent) => feed.Publish(new Logged(logEvent));
    }
}
