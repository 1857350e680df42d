using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using RoomChat.Hubs;
using RoomChat.Rooms;
using RoomChat.Web;
using Serilog.Core;
using Serilog.Events;

namespace RoomChat.Tests.Support;

/// <summary>
/// The whole product on a real Kestrel, fresh for each test. Warnings and errors that it logs are kept.
/// </summary>
internal sealed class ChatServer : WebApplicationFactory<Program>
{
    private readonly LogSink _log = new();
    private readonly (string Key, string Value)[] _settings;
    private readonly Action<IServiceCollection> _configure;

    public ChatServer(params (string Key, string Value)[] settings) : this(_ => { }, settings)
    {
    }

    public ChatServer(Action<IServiceCollection> configure, params (string Key, string Value)[] settings)
    {
        (_configure, _settings) = (configure, settings);
        UseKestrel();
        StartServer();
    }

    /// <summary>The message of the exceptions of a broken server.</summary>
    public const string Secret = "what nobody may read";

    /// <summary>A server whose home page and API throw.</summary>
    public static ChatServer Broken() => new(services =>
        services.AddSingleton<RateLimitedLobby>(_ => throw new InvalidOperationException(Secret)));

    public Uri Address
    {
        get
        {
            var features = Services.GetRequiredService<IServer>().Features;
            return new(features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
        }
    }

    public Lobby Lobby => Services.GetRequiredService<Lobby>();

    public int Connections => Services.GetRequiredService<ChatLifetimeManager>().Count;

    /// <summary>What was logged at Warning or above.</summary>
    public IReadOnlyCollection<string> LoggedWarnings => _log.LoggedWarnings;

    public void AssertNoWarningsLogged() => Assert.True(LoggedWarnings.Count == 0, string.Join("\n", LoggedWarnings));

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseUrls("http://127.0.0.1:0");  // UseKestrel(0) sets it too late: Program may be listening by then
        var settings = _settings.Concat(AddressLimits.Disabled).DistinctBy(setting => setting.Key)
            .ToDictionary(setting => $"RoomChat:{setting.Key}", string? (setting) => setting.Value);
        if (RedisServer.OfThisRun is { } redis) settings.TryAdd("RoomChat:Redis", redis.SettingApart);
        settings["Serilog:MinimumLevel:Default"] = "Warning";
        builder.ConfigureAppConfiguration(configuration => configuration.AddInMemoryCollection(settings));
        builder.ConfigureServices(services => services.AddSingleton<ILogEventSink>(_log));
        builder.ConfigureServices(_configure);
    }

    private sealed class LogSink : ILogEventSink
    {
        private readonly ConcurrentQueue<string> _warnings = new();

        public IReadOnlyCollection<string> LoggedWarnings => _warnings;

        public void Emit(LogEvent logEvent)
        {
            if (logEvent.Level < LogEventLevel.Warning || IsSlowHeartbeat(logEvent)) return;
            var message = logEvent.RenderMessage(CultureInfo.InvariantCulture);
            _warnings.Enqueue($"{logEvent.Level}: {message} {logEvent.Exception}");
        }

        /// <summary>Kestrel's warning that the machine is busy.</summary>
        private static bool IsSlowHeartbeat(LogEvent logEvent) =>
            logEvent.MessageTemplate.Text.Contains("heartbeat has been running", StringComparison.Ordinal);
    }
}
