using RoomChat.Rooms;
using RoomChat.Settings;
using RoomChat.Terminal;

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
        builder.Services.AddSettings().AddRooms();
        _app = builder.Build();
        var writer = _app.Services.GetServices<IHostedService>().OfType<TerminalWriter>().Single();
        writer.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
    }

    public ILogger Logger => LoggerOf(nameof(RoomChat));

    public ILogger LoggerOf(string category) =>
        _app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(category);

    public void Publish(Activity activity) => _app.Services.GetRequiredService<ActivityFeed>().Publish(activity);

    public Lobby Lobby => _app.Services.GetRequiredService<Lobby>();

    public Task TypeAsync(string line) => _app.Services.GetRequiredService<TerminalCommands>().RunAsync(line);

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
