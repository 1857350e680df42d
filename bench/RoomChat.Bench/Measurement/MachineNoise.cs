using RoomChat.Bench.Servers;

namespace RoomChat.Bench.Measurement;

/// <summary>CPU time of the cores in use: spent by any process, or taken by other machines.</summary>
internal readonly record struct CoreTimes(double BusySeconds, double StolenSeconds);

/// <summary>Tells whether the machine was too busy with other things for its figures to be trusted.</summary>
internal static class MachineNoise
{
    private const double MaxSpread = 0.25, MaxCpuShare = 0.05;
    private const double TicksPerSecond = 100;

    public static CoreTimes ReadCoreTimes() => ParseCoreTimes(File.ReadLines("/proc/stat"), CpuAffinity.Cores);

    public static CoreTimes ParseCoreTimes(IEnumerable<string> procStat, IReadOnlyList<int> cores)
    {
        var times = new CoreTimes();
        foreach (var line in procStat.TakeWhile(line => line.StartsWith("cpu", StringComparison.Ordinal)))
        {
            // name, user, nice, system, idle, iowait, irq, softirq, steal, ...
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (!cores.Any(core => fields[0] == $"cpu{core}")) continue;
            double[] ticks = [.. fields.Skip(1).Select(double.Parse)];
            var busy = ticks[0] + ticks[1] + ticks[2];
            // A kernel that does not time interrupts counts those in software to the process that they interrupt.
            if (ticks[5] == 0) busy += ticks[6];
            times = new CoreTimes(
                times.BusySeconds + busy / TicksPerSecond, times.StolenSeconds + ticks[7] / TicksPerSecond);
        }
        return times;
    }

    /// <summary>Returns null if the machine was quiet. The spread of the repeats is relative to their median.</summary>
    public static string? Describe(double spread, double otherCpuShare, double stolenCpuShare)
    {
        List<string> reasons = [];
        if (spread > MaxSpread) reasons.Add($"spread {spread:P0}");
        if (otherCpuShare > MaxCpuShare) reasons.Add($"other processes took {otherCpuShare:P0}");
        if (stolenCpuShare > MaxCpuShare) reasons.Add($"other machines took {stolenCpuShare:P0}");
        return reasons.Count == 0 ? null : $"noisy: {string.Join(", ", reasons)}";
    }
}
