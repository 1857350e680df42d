using System.ComponentModel;
using System.Diagnostics;

namespace RoomChat.Bench.Servers;

/// <summary>The folder beside the program in which peers of other stacks live, and what npm fetches for them.</summary>
internal static class Peers
{
    public static string Path(string file) => System.IO.Path.Combine(AppContext.BaseDirectory, "peers", file);

    /// <summary>Why there are none; null where they can be started.</summary>
    public static string? Fetch(CancellationToken stop)
    {
        if (!Runs("node", ["--version"], stop)) return "there is no Node";
        if (IsUpToDate()) return null;
        Console.WriteLine("Fetching Bun and Socket.IO with npm ...");
        return Runs("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], stop) ? null : "npm could not fetch them";
    }

    private static bool IsUpToDate() =>
        File.GetLastWriteTimeUtc(Path("node_modules/.package-lock.json")) > File.GetLastWriteTimeUtc(Path("package-lock.json"));

    private static bool Runs(string command, string[] arguments, CancellationToken stop)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments)
            {
                WorkingDirectory = Path(""),
                RedirectStandardOutput = true,
            })!;
            using var kill = stop.Register(() => process.Kill(entireProcessTree: true));
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            stop.ThrowIfCancellationRequested();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
