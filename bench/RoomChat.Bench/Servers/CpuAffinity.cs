using System.Diagnostics;

namespace RoomChat.Bench.Servers;

internal static class CpuAffinity
{
    private const int ServerCore = 0, DriverCore = 1;

    /// <summary>The server's, then the driver's; or the only one.</summary>
    public static IReadOnlyList<int> Cores { get; } = FindTwoAllowedCores();

    public static string Description => Cores.Count < 2
        ? "not pinned, because only one core is available"
        : $"server pinned to core {Cores[ServerCore]}, driver to core {Cores[DriverCore]}";

    /// <summary>A child process inherits the core of the thread that starts it.</summary>
    public static T RunOnServerCore<T>(Func<T> start)
    {
        Pin(ServerCore);
        try { return start(); }
        finally { Pin(DriverCore); }
    }

    private static int[] FindTwoAllowedCores()
    {
        using var process = Process.GetCurrentProcess();
        var mask = (ulong)process.ProcessorAffinity;
        return [.. Enumerable.Range(0, 64).Where(core => (mask >> core & 1) != 0).Take(2)];
    }

    private static void Pin(int index)
    {
        if (Cores.Count < 2) return;
        using var process = Process.GetCurrentProcess();
        process.ProcessorAffinity = (nint)(1UL << Cores[index]); // on Linux: of the main thread, which is the driver
    }
}
