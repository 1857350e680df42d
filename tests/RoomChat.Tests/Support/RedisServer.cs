using System.Diagnostics;
using System.Net;
using RoomChat.Redis;
using RoomChat.Rooms;
using StackExchange.Redis;

namespace RoomChat.Tests.Support;

/// <summary>A Redis of its own on a free port. Tests that need one are skipped where it is not installed.</summary>
internal sealed class RedisServer : IDisposable
{
    private const string User = "roomchat", Password = "for-tests";

    private static readonly string[] Rights =
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "../../../../../docs/scale.md"))
            .Single(line => line.StartsWith($"    user {User} on >PASSWORD ", StringComparison.Ordinal))
            .Replace("PASSWORD", Password, StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("roomchat-redis-");
    private readonly int _clusterPort = ServerProcess.FreeAddress().Port;
    private readonly string? _appendFsync;
    private readonly bool _isCluster;
    private Process _process;
    private int _databases;

    /// <param name="appendFsync">How it syncs its file, by which it survives a kill; null if it has none.</param>
    /// <param name="isCluster">A cluster of one node, which still refuses keys of several slots at once.</param>
    public RedisServer(string? appendFsync = null, bool isCluster = false)
    {
        (_appendFsync, _isCluster) = (appendFsync, isCluster);
        Endpoint = new IPEndPoint(IPAddress.Loopback, ServerProcess.FreeAddress().Port);
        _process = Start();
        if (!isCluster) return;
        Execute("CLUSTER", "ADDSLOTSRANGE", 0, 16_383);
        Wait.UntilAsync(
                () => Execute("CLUSTER", "INFO")!.Contains("cluster_state:ok", StringComparison.Ordinal), "the cluster")
            .GetAwaiter().GetResult();
    }

    public IPEndPoint Endpoint { get; }

    /// <summary>With ROOMCHAT_TEST_REDIS=1, the tests of rooms, hub and API run with it.</summary>
    public static RedisServer? OfThisRun { get; } = Environment.GetEnvironmentVariable("ROOMCHAT_TEST_REDIS") is "1"
        ? StartUntilExit()
        : null;

    /// <summary>With the user that docs/scale.md advises, so that all tests show that its rights are enough.</summary>
    public string Setting =>
        $"{Endpoint},{(Replica is null ? "" : $"{Replica.Endpoint},")}user={User},password={Password}";

    public RedisServer? Replica { get; private set; }

    /// <summary>A database of its own for each that asks.</summary>
    public string SettingApart => $"{Setting},defaultDatabase={Interlocked.Increment(ref _databases)}";

    public static RedisConnection Connect(string setting, ActivityFeed? activity = null) =>
        new(new RedisSettings { Redis = setting }, activity ?? new ActivityFeed());

    public string? Execute(string command, params object[] arguments)
    {
        using var redis = ConnectionMultiplexer.Connect($"{Endpoint},allowAdmin=true");
        return (string?)redis.GetDatabase().Execute(command, arguments);
    }

    /// <summary>What it writes to its folder, as Latin-1 so that any text is found in it.</summary>
    public string ReadFiles() => string.Concat(
        _folder.EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => File.ReadAllText(file.FullName, System.Text.Encoding.Latin1)));

    /// <summary>Of what it has written to its append-only file.</summary>
    public long FileLength => AppendOnlyFile.Length;

    /// <summary>As if its disk had had no more than that.</summary>
    public void KillAndLoseAfter(long fileLength)
    {
        Kill();
        using var file = AppendOnlyFile.OpenWrite();
        file.SetLength(fileLength);
    }

    public RedisServer AddReplica()
    {
        Replica = new RedisServer();
        Replica.Execute("REPLICAOF", $"{Endpoint.Address}", Endpoint.Port);
        return Replica;
    }

    public async Task PromoteAsync()
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{Endpoint},allowAdmin=true");
        await redis.GetServer(Endpoint).MakePrimaryAsync(ReplicationChangeOptions.Broadcast);
    }

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit(Wait.Timeout);     // not for the end of its output, which another thread reads
    }

    public void Restart() => _process = Start();

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        Replica?.Dispose();
        Kill();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private FileInfo AppendOnlyFile =>
        _folder.EnumerateFiles("*.incr.aof", SearchOption.AllDirectories).Single();

    private static RedisServer StartUntilExit()
    {
        var redis = new RedisServer();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => redis.Dispose();
        return redis;
    }

    private Process Start()
    {
        string[] arguments =
        [
            "--port", $"{Endpoint.Port}", "--bind", $"{Endpoint.Address}", "--dir", _folder.FullName, "--save", "",
            "--databases", "2000",
            "--appendonly", _appendFsync is null ? "no" : "yes", "--appendfsync", _appendFsync ?? "no",
            "--cluster-enabled", _isCluster ? "yes" : "no", "--cluster-port", $"{_clusterPort}",
            $"--{Rights[0]}", .. Rights[1..],
        ];
        Process process;
        try
        {
            process = Process.Start(new ProcessStartInfo("redis-server", arguments) { RedirectStandardOutput = true })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("redis-server is not installed.");
            throw;
        }
        process.BeginOutputReadLine();
        WaitUntilItAnswers();
        return process;
    }

    private void WaitUntilItAnswers()
    {
        for (var started = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                using var redis = ConnectionMultiplexer.Connect($"{Endpoint},connectTimeout=1000");
                redis.GetDatabase().Ping();
                return;
            }
            catch (RedisException) when (Stopwatch.GetElapsedTime(started) < Wait.Timeout)
            {
                Thread.Sleep(20);
            }
        }
    }
}
