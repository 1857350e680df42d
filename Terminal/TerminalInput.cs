namespace RoomChat.Terminal;

/// <summary>Reads commands. Where the input is no terminal, as under a service manager, nothing is read.</summary>
internal sealed class TerminalInput(TerminalCommands commands) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Nothing can interrupt a read of the terminal, so the thread does not keep the process from ending.
        if (!Console.IsInputRedirected)
            new Thread(Read) { IsBackground = true, Name = nameof(TerminalInput) }.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Read()
    {
        // Not Console.In, which takes over the echo of what is typed from the terminal.
        using var input = new StreamReader(Console.OpenStandardInput());
        while (input.ReadLine() is { } line) commands.RunAsync(line).GetAwaiter().GetResult();
    }
}
