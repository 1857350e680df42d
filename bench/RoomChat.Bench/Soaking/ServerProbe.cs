using System.Globalization;
using RoomChat.Bench.Measurement;
using RoomChat.Bench.Servers;

namespace RoomChat.Bench.Soaking;

/// <summary>What the kernel and the server's own metrics say.</summary>
internal sealed class ServerProbe(ServerInstance server) : IDisposable
{
    private const double Megabyte = 1 << 20;

    private readonly HttpClient _http = new();
    private readonly Uri _metrics = new($"http://127.0.0.1:{server.PortOf(null)}/metrics");
    private ResourceSnapshot _before = ResourceSnapshot.Take(server, operations: 0);

    public async Task<SoakSample> SampleAsync(double seconds, LatencyHistogram direct, LatencyHistogram proxied)
    {
        var now = ResourceSnapshot.Take(server, operations: 0);
        var (before, elapsed) = (_before, (now.Time - _before.Time) / 1e9);
        _before = now;
        var metrics = await _http.GetStringAsync(_metrics).ConfigureAwait(false);
        return new SoakSample
        {
            Seconds = seconds,
            WorkingSetMegabytes = server.MemoryBytes / Megabyte,
            HeapMegabytes = Sum(metrics, "dotnet_gc_last_collection_heap_size") / Megabyte,
            Handles = Directory.EnumerateFileSystemEntries($"/proc/{server.Id}/fd").Count(),
            Threads = ReadThreads(),
            P50Milliseconds = direct.QuantileMilliseconds(0.50) ?? double.NaN,
            P99Milliseconds = direct.QuantileMilliseconds(0.99) ?? double.NaN,
            ProxiedP50Milliseconds = proxied.QuantileMilliseconds(0.50),
            ProxiedP99Milliseconds = proxied.QuantileMilliseconds(0.99),
            ServerCpu = (now.ServerCpuSeconds - before.ServerCpuSeconds) / elapsed,
            MachineCpu = (now.Cores.BusySeconds - before.Cores.BusySeconds) / elapsed / CpuAffinity.Cores.Count,
            Rooms = Sum(metrics, "roomchat_rooms"),
            Members = Sum(metrics, "roomchat_members"),
            Connections = Sum(metrics, "roomchat_connections"),
        };
    }

    /// <summary>Over all labels of a metric in Prometheus' text format, whatever its unit is appended.</summary>
    public static double Sum(string metrics, string name) =>
        metrics.Split('\n').Where(line => line.StartsWith(name, StringComparison.Ordinal)).Sum(ReadValue);

    public void Dispose() => _http.Dispose();

    private static double ReadValue(string line)
    {
        var end = line.LastIndexOf('}') + 1;
        var value = line[end..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[end == 0 ? 1 : 0];
        return double.Parse(value, CultureInfo.InvariantCulture);
    }

    private double ReadThreads() => double.Parse(
        File.ReadLines($"/proc/{server.Id}/status").First(line => line.StartsWith("Threads:", StringComparison.Ordinal))
            .Split('\t')[1], CultureInfo.InvariantCulture);
}
