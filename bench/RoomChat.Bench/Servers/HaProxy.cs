using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RoomChat.Bench.Reports;

namespace RoomChat.Bench.Servers;

/// <summary>By the sample that operators are given. It runs on the driver's core.</summary>
internal sealed class HaProxy : IDisposable
{
    private const string Executable = "/usr/sbin/haproxy";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, string> _environment;
    private readonly CancellationToken _stop;
    private ChildProcess _process;

    public HaProxy(int serverPort, CancellationToken stop)
    {
        _stop = stop;
        var server = $"127.0.0.1:{serverPort}";
        _environment = new()
        {
            ["PLAIN_HTTP_PORT"] = Port.ToString(CultureInfo.InvariantCulture),
            ["SERVER_ONE"] = server,
            ["SERVER_TWO"] = server,
        };
        _process = Start();
    }

    public static bool IsInstalled => File.Exists(Executable);

    /// <summary>Not one that a client may be given while the proxy is down.</summary>
    public int Port { get; } = Enumerable.Range(20_000, 10_000).First(IsFree);

    /// <summary>All its connections are cut off.</summary>
    public async Task RestartAsync()
    {
        _process.Stop();
        _process.Dispose();
        await Task.Delay(Pause, _stop).ConfigureAwait(false);
        _process = Start();
    }

    public void Dispose() => _process.Dispose();

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.IPv6Any, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private ChildProcess Start()
    {
        var sample = Path.Combine(ResultFiles.RepositoryRoot, "deploy", "proxies", "haproxy.cfg");
        var process = new ChildProcess(
            _ => [Executable, "-db", "-f", sample], _environment, AppContext.BaseDirectory, Port);
        process.WaitUntilAccepting(pollMilliseconds: 20, _stop).Dispose();
        return process;
    }
}
