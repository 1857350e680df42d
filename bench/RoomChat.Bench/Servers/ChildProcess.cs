using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RoomChat.Bench.Networking;

namespace RoomChat.Bench.Servers;

/// <summary>A process that listens on a port, and is killed in the end.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const int Terminate = 15;

    private static readonly TimeSpan ListenTimeout = TimeSpan.FromSeconds(30), StopTimeout = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly StringBuilder _standardError = new();

    /// <param name="getCommand">Of the port that it has to listen on.</param>
    /// <param name="port">A free one if none is given.</param>
    public ChildProcess(
        Func<int, string[]> getCommand, IReadOnlyDictionary<string, string> environment, string workingDirectory,
        int? port = null)
    {
        Port = port ?? FindFreePort();
        // The shell discards the standard output and is then replaced by the command.
        string[] arguments = ["-c", "exec \"$@\" >/dev/null", "sh", .. getCommand(Port)];
        var startInfo = new ProcessStartInfo("/bin/sh", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory,
        };
        foreach (var (name, value) in environment) startInfo.Environment[name] = value;
        _process = Process.Start(startInfo)!;
        Id = _process.Id;
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_standardError) { _standardError.AppendLine(line.Data); }
        };
        _process.BeginErrorReadLine();
    }

    public int Port { get; }

    public int Id { get; }

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

    public TcpClient WaitUntilAccepting(int pollMilliseconds, CancellationToken stop)
    {
        for (var waited = Stopwatch.StartNew(); ; Thread.Sleep(pollMilliseconds))
        {
            stop.ThrowIfCancellationRequested();
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

    /// <summary>As an operator ends it.</summary>
    public void Stop()
    {
        _ = LinuxSockets.Kill(Id, Terminate);
        _process.WaitForExit(StopTimeout);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
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
