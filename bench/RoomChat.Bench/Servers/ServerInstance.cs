using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RoomChat.Bench.Profiling;
using RoomChat.Bench.Protocols;
using RoomChat.Bench.Verification;

namespace RoomChat.Bench.Servers;

internal sealed class ServerInstance : IDisposable
{
    private static readonly TimeSpan ListenTimeout = TimeSpan.FromSeconds(30);

    private readonly Server _server;
    private readonly CancellationToken _stop;
    private readonly Process _process;
    private readonly StringBuilder _standardError = new();

    public ServerInstance(Server server, CancellationToken stop)
    {
        (_server, _stop) = (server, stop);
        // The shell discards the standard output and is then replaced by the server.
        string[] arguments = ["-c", "exec \"$@\" >/dev/null", "sh", .. server.GetCommand(Port)];
        var startInfo = new ProcessStartInfo("/bin/sh", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            WorkingDirectory = server.WorkingDirectory,
        };
        foreach (var (name, value) in server.Environment) startInfo.Environment[name] = value;
        StartedAt = Stopwatch.GetTimestamp();
        _process = CpuAffinity.RunOnServerCore(() => Process.Start(startInfo)!);
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_standardError) { _standardError.AppendLine(line.Data); }
        };
        _process.BeginErrorReadLine();
    }

    public int Port { get; } = FindFreePort();

    public long StartedAt { get; }

    public double CpuSeconds
    {
        get
        {
            _process.Refresh();
            return _process.HasExited ? throw Exited() : _process.TotalProcessorTime.TotalSeconds;
        }
    }

    public long MemoryBytes
    {
        get
        {
            _process.Refresh();
            return _process.HasExited ? 0 : _process.WorkingSet64;
        }
    }

    public Protocol CreateProtocol(DeliveryTracker tracker) => _server.CreateProtocol(tracker);

    public void ThrowIfStopped() => _stop.ThrowIfCancellationRequested();

    public void WaitUntilListening()
    {
        using var connection = WaitUntilAccepting(pollMilliseconds: 20);
    }

    /// <summary>RoomChat's is a page; that of a server without pages may be an error.</summary>
    public void WaitForFirstPage()
    {
        using var connection = WaitUntilAccepting(pollMilliseconds: 1);
        using var stream = connection.GetStream();
        stream.Write(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: 127.0.0.1:{Port}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        var statusLine = reader.ReadLine();
        reader.ReadToEnd();
        if (_server.HasPages && statusLine != "HTTP/1.1 200 OK") throw new RunFailedException($"got {statusLine}");
    }

    /// <summary>Returns null if the server is not profiled.</summary>
    public Profile? ProfileWhile(Action action)
    {
        if (_server.IsProfiled) return Perf.RecordWhile(action, _process.Id);
        action();
        return null;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        if (_server.IsProfiled) Perf.DeleteMap(_process.Id);
        _process.Dispose();
    }

    private TcpClient WaitUntilAccepting(int pollMilliseconds)
    {
        for (var waited = Stopwatch.StartNew(); ; Thread.Sleep(pollMilliseconds))
        {
            ThrowIfStopped();
            if (_process.HasExited) throw Exited();
            if (waited.Elapsed > ListenTimeout) throw new RunFailedException("the server does not listen");
            var connection = new TcpClient();
            try
            {
                connection.Connect(IPAddress.Loopback, Port);
                return connection;
            }
            catch (SocketException)
            {
                connection.Dispose();
            }
        }
    }

    private RunFailedException Exited()
    {
        lock (_standardError) { return new RunFailedException($"the server exited. {_standardError}".Trim()); }
    }

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
