using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RoomChat.Bench.Servers;

/// <summary>A server's process, fresh for one run.</summary>
internal sealed class Running : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private Running(Server server, int port)
    {
        Port = port;
        // The shell becomes the server; what the server prints goes nowhere.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null", "sh", .. server.Command(port)])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var (name, value) in server.Settings) start.Environment[name] = value;
        _process = Cores.OnServers(() => Process.Start(start)!);
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors) { _errors.AppendLine(line.Data); }
        };
        _process.BeginErrorReadLine();
    }

    public int Port { get; }

    public double CpuSeconds
    {
        get
        {
            _process.Refresh();
            return _process.HasExited ? throw new RunFailed(Ended) : _process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>What it has in memory.</summary>
    public long Bytes
    {
        get
        {
            _process.Refresh();
            return _process.HasExited ? 0 : _process.WorkingSet64;
        }
    }

    private string Ended
    {
        get { lock (_errors) { return $"the server ended. {_errors}".Trim(); } }
    }

    /// <summary>Starts it and waits until it listens.</summary>
    public static Running Start(Server server, CancellationToken stop)
    {
        var running = new Running(server, FreePort());
        try
        {
            running.WaitUntilItListens(stop);
            return running;
        }
        catch
        {
            running.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void WaitUntilItListens(CancellationToken stop)
    {
        for (var waited = Stopwatch.StartNew(); !Listens(); Thread.Sleep(20))
        {
            stop.ThrowIfCancellationRequested();
            if (_process.HasExited) throw new RunFailed(Ended);
            if (waited.Elapsed > Patience) throw new RunFailed("the server did not begin to listen");
        }
    }

    private bool Listens()
    {
        try
        {
            using var socket = new TcpClient();
            socket.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
