using System.Runtime.InteropServices;
using RoomChat.Bench.Servers;

namespace RoomChat.Bench;

internal static class MachineDescription
{
    public static string Create()
    {
        var model = File.ReadLines("/proc/cpuinfo")
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        var processor = model?.Split(':')[1].Trim() ?? "unknown processor";
        var cores = $"{Environment.ProcessorCount} cores";
        return $"{processor}, {cores}, {RuntimeInformation.FrameworkDescription}; {CpuAffinity.Description}.{Warning}";
    }

#if DEBUG
    private const string Warning = "\nThis is a Debug build: its results are meaningless. Run with -c Release.";
#else
    private const string Warning = "";
#endif
}
