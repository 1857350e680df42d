using System.ComponentModel;
using System.Diagnostics;

namespace RoomChat.Bench.Servers;

internal static class JavaScriptServers
{
    public static string GetPath(string file) => Path.Combine(AppContext.BaseDirectory, "javascript-servers", file);

    /// <summary>Returns the error, or null if the servers can be started.</summary>
    public static string? Install(CancellationToken stop)
    {
        if (!TryRun("node", ["--version"], stop)) return "Node.js was not found";
        if (IsUpToDate()) return null;
        Console.WriteLine("Installing Bun and Socket.IO with npm ...");
        string[] arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
        return TryRun("npm", arguments, stop) ? null : "npm could not install them";
    }

    private static bool IsUpToDate() =>
        File.GetLastWriteTimeUtc(GetPath("node_modules/.package-lock.json"))
        > File.GetLastWriteTimeUtc(GetPath("package-lock.json"));

    private static bool TryRun(string command, string[] arguments, CancellationToken stop)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments)
            {
                WorkingDirectory = GetPath(""),
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
