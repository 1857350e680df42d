using System.ComponentModel;
using System.Diagnostics;
using RoomChat.Bench.Networking;

namespace RoomChat.Bench.Profiling;

/// <summary>Samples a process with perf of Linux.</summary>
internal static class Perf
{
    private const int InterruptSignal = 2;

    // The clock of the CPU serves on virtual machines too, which have no hardware counters.
    private static readonly string[] Record = ["record", "--quiet", "--event=cpu-clock", "--freq=997"];

    /// <summary>
    /// Has the runtime name the methods it compiles, leave their code where perf finds it, and take the garbage
    /// collector from a file of its own, so that it can be told from the rest of the runtime.
    /// </summary>
    public static readonly IReadOnlyDictionary<string, string> ServerEnvironment = new Dictionary<string, string>
    {
        ["DOTNET_PerfMapEnabled"] = "3",
        ["DOTNET_EnableWriteXorExecute"] = "0",
        ["DOTNET_GCName"] = "libclrgcexp.so",
    };

    /// <summary>Returns why nothing can be profiled, or null.</summary>
    public static string? FindProblem()
    {
        try
        {
            using var perf = Start([.. Record, "--output=/dev/null", "--", "true"]);
            var error = perf.StandardError.ReadToEnd();
            perf.WaitForExit();
            return perf.ExitCode == 0 ? null : $"--profile: perf cannot record here. {error}".Trim();
        }
        catch (Win32Exception)
        {
            return "--profile needs perf: install linux-perf (Debian) or linux-tools (Ubuntu).";
        }
    }

    public static Profile RecordWhile(Action action, int processId)
    {
        var file = Path.GetTempFileName();
        try
        {
            using var recording = Start([.. Record, $"--output={file}", $"--pid={processId}"]);
            action();
            _ = LinuxSockets.Kill(recording.Id, InterruptSignal);
            var errors = recording.StandardError.ReadToEnd();
            recording.WaitForExit();

            string[] report = ["report", $"--input={file}", "--stdio", "--quiet", "--no-children"];
            using var reporting = Start([.. report, "--fields=sample,dso,sym", "--field-separator=|"]);
            var samples = reporting.StandardOutput.ReadToEnd();
            errors += reporting.StandardError.ReadToEnd();
            return samples.Contains('|')
                ? Profile.Parse(samples.Split('\n'))
                : throw new RunFailedException($"perf recorded nothing. {errors}".Trim());
        }
        finally
        {
            File.Delete(file);
        }
    }

    public static void DeleteMap(int processId) => File.Delete($"/tmp/perf-{processId}.map");

    private static Process Start(string[] arguments) => Process.Start(new ProcessStartInfo("perf", arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
