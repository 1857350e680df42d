using System.Diagnostics;
using RoomChat.Bench.Servers;

namespace RoomChat.Bench.Measurement;

/// <summary>Operations are what the cost is divided by: deliveries or joins.</summary>
internal readonly record struct ResourceSnapshot(
    long Time, double ServerCpuSeconds, double RedisCpuSeconds, double DriverCpuSeconds, CoreTimes Cores,
    long Operations)
{
    public static ResourceSnapshot Take(ServerInstance server, long operations)
    {
        var (serverCpu, redisCpu) = (server.CpuSeconds, server.RedisCpuSeconds);
        var driverCpu = Environment.CpuUsage.TotalTime.TotalSeconds;
        var cores = MachineNoise.ReadCoreTimes();
        return new ResourceSnapshot(Stopwatch.GetTimestamp(), serverCpu, redisCpu, driverCpu, cores, operations);
    }

    public Measurements MeasureSince(ResourceSnapshot start)
    {
        var seconds = (Time - start.Time) / 1e9;
        var operations = Operations - start.Operations;
        var serverCpu = ServerCpuSeconds - start.ServerCpuSeconds;
        var redisCpu = RedisCpuSeconds - start.RedisCpuSeconds;
        var driverCpu = DriverCpuSeconds - start.DriverCpuSeconds;
        var busy = Cores.BusySeconds - start.Cores.BusySeconds;
        return new Measurements
        {
            Cost = serverCpu * 1e6 / Math.Max(1, operations),
            PerSecond = operations / seconds,
            ServerCpuShare = serverCpu / seconds,
            RedisCpuSeconds = redisCpu,
            DriverCpuShare = driverCpu / seconds,
            OtherCpuShare = (busy - serverCpu - redisCpu - driverCpu) / seconds,
            StolenCpuShare = (Cores.StolenSeconds - start.Cores.StolenSeconds) / seconds,
        };
    }
}
