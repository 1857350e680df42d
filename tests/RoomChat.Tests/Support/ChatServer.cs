using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using RoomChat.Hubs;
using RoomChat.Rooms;

namespace RoomChat.Tests.Support;

/// <summary>The whole product on a real Kestrel, fresh for each test. Warnings and errors that it logs are kept.</summary>
internal sealed class ChatServer : WebApplicationFactory<Program>
{
    private readonly LogBook _log = new();
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

    public Uri Address => new(Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());

    public Lobby Lobby => Services.GetRequiredService<Lobby>();

    public int Connections => Services.GetRequiredService<ChatConnections>().Count;

    /// <summary>What was logged at Warning or above.</summary>
    public IReadOnlyCollection<string> Troubles => _log.Troubles;

    public void AssertNoTroubles() => Assert.True(Troubles.Count == 0, string.Join("\n", Troubles));

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseUrls("http://127.0.0.1:0");  // UseKestrel(0) sets it too late: Program may be listening by then
        builder.ConfigureAppConfiguration(configuration => configuration.AddInMemoryCollection(
            _settings.Concat(OneAddress.Unlimited).DistinctBy(setting => setting.Key).Select(setting => KeyValuePair.Create<string, string?>($"RoomChat:{setting.Key}", setting.Value))
                .Append(new("Serilog:MinimumLevel:Default", "Fatal"))));    // the console is the test runner's
        builder.ConfigureServices(services => services.AddSingleton<ILoggerProvider>(_log));
        builder.ConfigureServices(_configure);
    }

    private sealed class LogBook : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _troubles = new();

        public IReadOnlyCollection<string> Troubles => _troubles;

        /// <summary>A machine's first key is worth a warning that says nothing about us; appsettings.json quiets it too.</summary>
        public ILogger CreateLogger(string categoryName) =>
            categoryName.StartsWith("Microsoft.AspNetCore.DataProtection", StringComparison.Ordinal) ? NullLogger.Instance : this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) _troubles.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");
        }

        public void Dispose() { }
    }
}
