namespace RoomChat.Bench.Servers;

/// <summary>
/// With an append-only file. Beside servers it runs on the driver's core, so that they share theirs only with each
/// other.
/// </summary>
internal sealed class RedisInstance : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("roomchat-bench-");
    private readonly ChildProcess _process;

    public RedisInstance(CancellationToken stop)
    {
        _process = new ChildProcess(
            port =>
            [
                "redis-server", "--port", $"{port}", "--bind", "127.0.0.1", "--save", "",
                "--appendonly", "yes", "--appendfsync", "everysec",
            ],
            new Dictionary<string, string>(), _folder.FullName);
        using var connection = _process.WaitUntilAccepting(pollMilliseconds: 20, stop);
    }

    public string Setting => $"127.0.0.1:{_process.Port}";

    public double CpuSeconds => _process.CpuSeconds;

    public void Dispose()
    {
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
