using System.Runtime.InteropServices;
using RoomChat.Bench.Networking;
using RoomChat.Bench.Reports;
using RoomChat.Bench.Servers;

namespace RoomChat.Bench;

internal static class Program
{
    private static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["serve", NaiveSignalRServer.Name, var port]: NaiveSignalRServer.Run(port); return 0;
            case ["serve", RawWebSocketServer.Name, var port]: RawWebSocketServer.Run(port); return 0;
        }
        if (Options.Parse(arguments) is not { } options) return Refuse(Options.Usage);
        if (!LinuxSockets.IsSupported) return Refuse("The benchmark runs on Linux x64 only: one thread drives all clients through epoll.");

        using var stopping = new CancellationTokenSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true; // so that the servers are ended first
            stopping.Cancel();
        }
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        try
        {
            return Bench(options, stopping.Token);
        }
        catch (OperationCanceledException)
        {
            return Refuse("Stopped.");
        }
    }

    private static int Bench(Options options, CancellationToken stop)
    {
        var machine = Machine.Describe();
        Console.WriteLine(machine);
        var servers = options.Servers;
        if (servers.Any(server => server.RequiresNpm) && JavaScriptServers.Install(stop) is { } problem)
        {
            Console.WriteLine($"Skipping Bun and Socket.IO: {problem}.");
            servers = [.. servers.Where(server => !server.RequiresNpm)];
        }

        Section[] sections = [.. options.Workloads.SelectMany(workload => Section.Of(workload, servers))];
        var runs = new Session(options, stop).RunAll(sections);
        Summary[] summaries = [.. sections.Select(section => new Summary(section, runs))];

        Console.WriteLine();
        Table.Print(summaries);
        Files.Write(machine, summaries, runs, options.Docs);
        return runs.TrueForAll(run => run.Measurements.Check.Passed) ? 0 : 1;
    }

    private static int Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return 2;
    }
}
