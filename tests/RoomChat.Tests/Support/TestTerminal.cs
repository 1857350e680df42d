using RoomChat.Accounts;
using RoomChat.Rooms;
using RoomChat.Settings;
using RoomChat.Terminal;
using RoomChat.Web;

namespace RoomChat.Tests.Support;

/// <summary>There is one console, which only one test can capture.</summary>
[CollectionDefinition(nameof(TestTerminal), DisableParallelization = true)]
public static class TestTerminals;

/// <summary>The terminal without a server, which prints what is published and logged.</summary>
internal sealed class TestTerminal : IAsyncDisposable
{
    private readonly TextWriter _console = Console.Out;
    private readonly StringWriter _printed = new();
    private readonly WebApplication _app;

    public TestTerminal(params string[] settings)
    {
        Console.SetOut(_printed);
        Environment.SetEnvironmentVariable("NO_COLOR", "1");    // the tests may run on a real terminal
        var builder = WebApplication.CreateBuilder([$"--contentRoot={AppContext.BaseDirectory}", .. settings]);
        builder.AddTerminal();
        builder.Services.AddSettings().AddRooms().AddAccounts().AddSingleton<PasswordHashing>();
        _app = builder.Build();
        var writer = _app.Services.GetServices<IHostedService>().OfType<TerminalWriter>().Single();
        writer.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
    }

    public ILogger Logger => LoggerOf(nameof(RoomChat));

    public ILogger LoggerOf(string category) =>
        Get<ILoggerFactory>().CreateLogger(category);

    public void Publish(Activity activity) => Get<ActivityFeed>().Publish(activity);

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public Lobby Lobby => Get<Lobby>();

    public Task TypeAsync(string line) => Get<TerminalCommands>().RunAsync(line);

    /// <summary>Ends the terminal, and returns all lines.</summary>
    public async Task<string[]> LinesAsync()
    {
        await _app.DisposeAsync();
        return _printed.ToString().Split(Environment.NewLine)[..^1];
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Console.SetOut(_console);
    }
}
