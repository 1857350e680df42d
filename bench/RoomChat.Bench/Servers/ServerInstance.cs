using System.Diagnostics;
using System.Text;
using RoomChat.Bench.Profiling;
using RoomChat.Bench.Protocols;
using RoomChat.Bench.Verification;

namespace RoomChat.Bench.Servers;

/// <summary>
/// One process, or several that share a Redis: the members of a room take turns at them. With none of them, Redis
/// itself has the core of the servers.
/// </summary>
internal sealed class ServerInstance : IDisposable
{
    private readonly Server _server;
    private readonly CancellationToken _stop;
    private readonly RedisInstance? _redis;
    private readonly IReadOnlyList<ChildProcess> _processes;

    public ServerInstance(Server server, CancellationToken stop)
    {
        (_server, _stop) = (server, stop);
        var environment = new Dictionary<string, string>(server.Environment);
        if (server.SharingRedis is not null)
        {
            _redis = server.SharingRedis > 0
                ? new RedisInstance(stop)
                : CpuAffinity.RunOnServerCore(() => new RedisInstance(stop));
            environment["RoomChat__Redis"] = _redis.Setting;
        }
        StartedAt = Stopwatch.GetTimestamp();
        _processes =
        [
            .. Enumerable.Range(0, server.SharingRedis ?? 1).Select(_ => CpuAffinity.RunOnServerCore(
                () => new ChildProcess(server.GetCommand, environment, server.WorkingDirectory))),
        ];
    }

    public long StartedAt { get; }

    /// <summary>Of the first process.</summary>
    public int Id => _processes[0].Id;

    public double CpuSeconds => _processes.Sum(process => process.CpuSeconds);

    public string? RedisSetting => _redis?.Setting;

    public double RedisCpuSeconds => _redis?.CpuSeconds ?? 0;

    public long MemoryBytes => _processes.Sum(process => process.MemoryBytes);

    public bool IsShared => _processes.Count > 1;

    public int PortOf(TrackedMember? member) => _processes[IndexOf(member)].Port;

    public bool AreApart(TrackedMember one, TrackedMember other) => IndexOf(one) != IndexOf(other);

    public Protocol CreateProtocol(DeliveryTracker tracker) => _server.CreateProtocol(tracker);

    public void ThrowIfStopped() => _stop.ThrowIfCancellationRequested();

    public void WaitUntilListening()
    {
        foreach (var process in _processes) process.WaitUntilAccepting(pollMilliseconds: 20, _stop).Dispose();
    }

    /// <summary>RoomChat's is a page; that of a server without pages may be an error.</summary>
    public void WaitForFirstPage()
    {
        var process = _processes[0];
        using var connection = process.WaitUntilAccepting(pollMilliseconds: 1, _stop);
        using var stream = connection.GetStream();
        stream.Write(Encoding.ASCII.GetBytes(
            $"GET / HTTP/1.1\r\nHost: 127.0.0.1:{process.Port}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        var statusLine = reader.ReadLine();
        reader.ReadToEnd();
        if (_server.HasPages && statusLine != "HTTP/1.1 200 OK") throw new RunFailedException($"got {statusLine}");
    }

    /// <summary>Of the first process. Returns null if the server is not profiled.</summary>
    public Profile? ProfileWhile(Action action)
    {
        if (_server.IsProfiled) return Perf.RecordWhile(action, _processes[0].Id);
        action();
        return null;
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Dispose();
            if (_server.IsProfiled) Perf.DeleteMap(process.Id);
        }
        _redis?.Dispose();
    }

    private int IndexOf(TrackedMember? member) => (member?.IndexInRoom ?? 0) % _processes.Count;
}
