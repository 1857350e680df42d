using System.Diagnostics;
using RoomChat.Bench.Servers;

namespace RoomChat.Bench.Measurement;

/// <summary>Operations are what the cost is divided by: deliveries or joins.</summary>
internal readonly record struct ResourceSnapshot(
    long Time, double ServerCpuSeconds, double DriverCpuSeconds, long Operations)
{
    public static ResourceSnapshot Take(ServerInstance server, long operations)
    {
        var (serverCpu, driverCpu) = (server.CpuSeconds, Environment.CpuUsage.TotalTime.TotalSeconds);
        return new ResourceSnapshot(Stopwatch.GetTimestamp(), serverCpu, driverCpu, operations);
    }

    public Measurements MeasureSince(ResourceSnapshot start)
    {
        var seconds = (Time - start.Time) / 1e9;
        var operations = Operations - start.Operations;
        return new Measurements
        {
            Cost = (ServerCpuSeconds - start.ServerCpuSeconds) * 1e6 / Math.Max(1, operations),
            PerSecond = operations / seconds,
            DriverCpuShare = (DriverCpuSeconds - start.DriverCpuSeconds) / seconds,
        };
    }
}
