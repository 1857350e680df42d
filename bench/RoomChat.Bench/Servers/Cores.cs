using System.Diagnostics;

namespace RoomChat.Bench.Servers;

/// <summary>One core for the server and another for the driver. A child has the core of the thread that starts it.</summary>
internal static class Cores
{
    private static readonly int[] Allowed = Find();

    public static string Pinning => Allowed.Length < 2
        ? "not pinned, for there is one core only"
        : $"server pinned to core {Allowed[0]}, driver to core {Allowed[1]}";

    public static T OnServers<T>(Func<T> start)
    {
        Pin(0);
        try { return start(); }
        finally { Pin(1); }
    }

    private static int[] Find()
    {
        using var own = Process.GetCurrentProcess();
        return [.. Enumerable.Range(0, 64).Where(core => ((ulong)own.ProcessorAffinity >> core & 1) != 0).Take(2)];
    }

    private static void Pin(int which)
    {
        if (Allowed.Length < 2) return;
        using var own = Process.GetCurrentProcess();
        own.ProcessorAffinity = (nint)(1UL << Allowed[which]); // on Linux this is the main thread's, which drives
    }
}
