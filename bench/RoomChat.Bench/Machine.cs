using System.Runtime.InteropServices;
using RoomChat.Bench.Servers;

namespace RoomChat.Bench;

/// <summary>Where the measurements are from.</summary>
internal static class Machine
{
    public static string Describe()
    {
        var processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        var build = IsOptimised ? "" : "\nThis is a Debug build: its measurements mean nothing. Run it with -c Release.";
        return $"{processor?.Split(':')[1].Trim() ?? "a processor"}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}; "
            + $"{CpuAffinity.Description}.{build}";
    }

#if DEBUG
    private const bool IsOptimised = false;
#else
    private const bool IsOptimised = true;
#endif
}
