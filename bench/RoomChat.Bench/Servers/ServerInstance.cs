using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RoomChat.Bench.Servers;

internal sealed class ServerInstance : IDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly StringBuilder _standardError = new();

    private ServerInstance(Server server, int port)
    {
        Port = port;
        // The shell discards the standard output and is then replaced by the server.
        string[] arguments = ["-c", "exec \"$@\" >/dev/null", "sh", .. server.GetCommand(port)];
        var startInfo = new ProcessStartInfo("/bin/sh", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var (name, value) in server.Environment) startInfo.Environment[name] = value;
        _process = CpuAffinity.RunOnServerCore(() => Process.Start(startInfo)!);
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_standardError) { _standardError.AppendLine(line.Data); }
        };
        _process.BeginErrorReadLine();
    }

    public int Port { get; }

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

    public static ServerInstance Start(Server server, CancellationToken stop)
    {
        var instance = new ServerInstance(server, FindFreePort());
        try
        {
            instance.WaitUntilListening(stop);
            return instance;
        }
        catch
        {
            instance.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void WaitUntilListening(CancellationToken stop)
    {
        for (var waited = Stopwatch.StartNew(); !IsListening(); Thread.Sleep(20))
        {
            stop.ThrowIfCancellationRequested();
            if (_process.HasExited) throw Exited();
            if (waited.Elapsed > StartTimeout) throw new RunFailedException("the server did not start to listen");
        }
    }

    private bool IsListening()
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
