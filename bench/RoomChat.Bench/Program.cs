using System.Runtime.InteropServices;
using RoomChat.Bench.Networking;
using RoomChat.Bench.Profiling;
using RoomChat.Bench.Reports;
using RoomChat.Bench.Servers;
using RoomChat.Bench.Soaking;

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
        var soak = SoakOptions.Parse(arguments);
        var options = soak is null ? BenchmarkOptions.Parse(arguments) : null;
        if (options is null && soak is null) return Fail(BenchmarkOptions.Usage);
        if (!LinuxSockets.IsSupported)
            return Fail("The benchmark runs on Linux x64 only: one thread drives all clients through epoll.");

        if (options is { Profiles: true } && Perf.FindProblem() is { } problem) return Fail(problem);

        using var stop = new CancellationTokenSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true; // keeps this process alive until it has ended the servers
            stop.Cancel();
        }
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        try
        {
            return soak is null ? RunBenchmarks(options!, stop.Token) : Soak.Run(soak, stop.Token);
        }
        catch (OperationCanceledException)
        {
            return Fail("Stopped.");
        }
    }

    private static int RunBenchmarks(BenchmarkOptions options, CancellationToken stop)
    {
        var machine = MachineDescription.Create();
        Console.WriteLine(machine);
        var servers = options.Servers;
        if (servers.Any(server => server.RequiresNpm) && JavaScriptServers.Install(stop) is { } error)
        {
            Console.WriteLine($"Skipping Bun and Socket.IO: {error}.");
            servers = [.. servers.Where(server => !server.RequiresNpm)];
        }

        Benchmark[] benchmarks =
            [.. options.WorkloadNames.SelectMany(name => BenchmarkCatalog.GetBenchmarks(name, servers))];
        benchmarks = [.. benchmarks.Where(benchmark => benchmark.Cases.Count > 0)];
        if (benchmarks.Length == 0) return Fail("None of these workloads can run on these servers.");
        var results = new BenchmarkRunner(options, stop).RunAll(benchmarks);
        BenchmarkSummary[] summaries =
        [
            .. from benchmark in benchmarks
               from phase in benchmark.Phases
               select new BenchmarkSummary(benchmark, phase, results),
        ];

        Console.WriteLine();
        ResultTable.Print(summaries);
        ResultFiles.Write(machine, summaries, results, options.UpdateDocs);
        return results.TrueForAll(result => result.Measurements.Check.Passed) ? 0 : 1;
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 2;
    }
}
