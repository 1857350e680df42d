using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace RoomChat.Tests.Support;

/// <summary>One server process at a time, since each of them loads the machine.</summary>
[CollectionDefinition(nameof(ServerProcess), DisableParallelization = true)]
public static class ServerProcesses;

/// <summary>The product in a process of its own, whose output is a pipe.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const string Announcement = "RoomChat is at ";
    private const int LowestPort = 10_000, Ports = 20_000;

    /// <summary>Two seconds and some noise; a host that waits for its connections takes 30.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Where the tests run in the background, they ignore Ctrl+C, and a child would inherit that.</summary>
    private static readonly string[] Dotnet = OperatingSystem.IsLinux()
        ? ["env", "--default-signal=INT", "dotnet"]
        : ["dotnet"];

    private static int _ports = Random.Shared.Next(Ports);

    private readonly Process _process;
    private readonly Uri? _address;
    private readonly Lock _gate = new();
    private readonly List<string> _output = [];
    private readonly List<string> _errors = [];

    private ServerProcess(
        IEnumerable<string> command, IEnumerable<string> settings, Uri? address = null, string? folder = null)
    {
        _address = address;
        var start = new ProcessStartInfo(command.First(), command.Skip(1).Concat(settings.Where(IsArgument)))
        {
            WorkingDirectory = folder ?? AppContext.BaseDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove(InlineCompletions.Variable);
        // A server that lives for seconds does not compile what is hot again: that is half of what its start costs.
        start.Environment["DOTNET_TC_CallCountThreshold"] = "3E8";      // hexadecimal
        foreach (var (key, value) in AddressLimits.Disabled)
            start.Environment[$"RoomChat__{key.Replace(":", "__", StringComparison.Ordinal)}"] = value;
        foreach (var setting in settings.Where(setting => !IsArgument(setting)))
        {
            var variable = setting.Split('=', 2);
            start.Environment[variable[0]] = variable[1];
        }
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        _process.Start();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public int Threads
    {
        get
        {
            _process.Refresh();
            return _process.Threads.Count;
        }
    }

    public Uri Address => _address ?? Announced[0];

    /// <summary>The addresses that the terminal lists.</summary>
    public IReadOnlyList<Uri> Announced =>
        [.. Output
            .Where(line => line.Contains(Announcement, StringComparison.Ordinal))
            .Select(line => new Uri(line.Split(Announcement)[1]))];

    /// <summary>Of this machine on its networks.</summary>
    public static IEnumerable<string> OwnAddresses() =>
        from network in NetworkInterface.GetAllNetworkInterfaces()
        where network.OperationalStatus == OperationalStatus.Up
        from own in network.GetIPProperties().UnicastAddresses
        where own.Address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(own.Address)
        select own.Address.ToString();

    /// <summary>Where others find it. The test is skipped where there is no network.</summary>
    public async Task<Uri> AddressOnNetworkAsync()
    {
        Assert.SkipUnless(OwnAddresses().Any(), "This machine has no network.");
        await Wait.UntilAsync(() => Announced.Any(address => !address.IsLoopback), "an address on the network");
        return Announced.First(address => !address.IsLoopback);
    }

    public IReadOnlyList<string> Output
    {
        get { lock (_gate) { return [.. _output]; } }
    }

    public IReadOnlyList<string> Errors
    {
        get { lock (_gate) { return [.. _errors]; } }
    }

    /// <summary>Settings that begin with a dash are arguments, the others are environment variables.</summary>
    public static ServerProcess Run(params string[] settings)
    {
        var server = new ServerProcess([.. Dotnet, "RoomChat.dll", "--urls=http://127.0.0.1:0"], settings);
        server.Read();
        return server;
    }

    public static async Task<ServerProcess> ListeningAsync(params string[] settings)
    {
        var server = Run(settings);
        await server.WaitForOutputAsync(Announcement);
        return server;
    }

    /// <summary>Runs a published copy.</summary>
    public static async Task<ServerProcess> PublishedAsync(string folder)
    {
        var server = new ServerProcess([.. Dotnet, "RoomChat.dll", "--urls=http://127.0.0.1:0"], [], folder: folder);
        server.Read();
        await server.WaitForOutputAsync(Announcement);
        return server;
    }

    /// <summary>Runs where a person stands who starts it.</summary>
    public static ServerProcess RunIn(string folder, params string[] settings)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "RoomChat.dll");
        var server = new ServerProcess([.. Dotnet, program], settings, folder: folder);
        server.Read();
        return server;
    }

    /// <summary>Runs a release in a folder, with nothing of this environment but where .NET is.</summary>
    public static ServerProcess OfRelease(string command, string folder, params string[] arguments)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_ROOT");
        var server = new ServerProcess(
            ["env", "-i", "--default-signal=INT", $"DOTNET_ROOT={dotnet}", command], arguments, folder: folder);
        server.Read();
        return server;
    }

    public static async Task<ServerProcess> OfReleaseAsync(string command, string folder)
    {
        var server = OfRelease(command, folder, "--urls=http://127.0.0.1:0");
        await server.WaitForOutputAsync(Announcement);
        return server;
    }

    public static async Task<ServerProcess> AtAsync(Uri address, params string[] settings)
    {
        var server = new ServerProcess([.. Dotnet, "RoomChat.dll", $"--urls={address}"], settings, address);
        server.Read();
        await server.WaitForOutputAsync(Announcement);
        return server;
    }

    /// <summary>Runs with an output that nobody reads.</summary>
    public static async Task<ServerProcess> UnreadAsync(params string[] settings)
    {
        var address = FreeAddress();
        var server = new ServerProcess([.. Dotnet, "RoomChat.dll", $"--urls={address}"], settings, address);
        await Wait.UntilAsync(() => Accepts(address), $"a server at {address}");
        return server;
    }

    /// <summary>Runs on a pseudo-terminal.</summary>
    public static async Task<ServerProcess> OnTerminalAsync(params string[] settings)
    {
        var address = FreeAddress();
        var server = new ServerProcess(
            ["script", "-qec", $"dotnet RoomChat.dll --urls={address}", "/dev/null"], settings, address);
        server.Read();
        await server.WaitForOutputAsync(Announcement);
        return server;
    }

    /// <summary>Begins to read the output.</summary>
    public void Read() => _process.BeginOutputReadLine();

    public Task WaitForOutputAsync(string part) =>
        Wait.UntilAsync(
            () => Output.Any(line => line.Contains(part, StringComparison.Ordinal)), $"\"{part}\" in the terminal");

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the process to end, and returns its exit code.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan? timeout = null)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await _process.WaitForExitAsync(cancellation).WaitAsync(timeout ?? Wait.Timeout, cancellation);
        return _process.ExitCode;
    }

    /// <summary>Stops the process, and fails where it does not end in time without an error.</summary>
    public async Task StopAsync(string signal = "TERM")
    {
        Signal(signal);
        Assert.Equal(0, await WaitForExitAsync(StopTimeout));
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static bool IsArgument(string setting) => setting.StartsWith('-');

    /// <summary>
    /// Each only once, and below the ports that systems give away by themselves: what is free may be used later, or not
    /// at all, and nobody else is to take it until then.
    /// </summary>
    public static Uri FreeAddress()
    {
        while (true)
        {
            var port = LowestPort + Interlocked.Increment(ref _ports) % Ports;
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return new($"http://{listener.LocalEndpoint}");
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }
    }

    private static bool Accepts(Uri address)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(address.Host, address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Keep(List<string> lines, string? line)
    {
        if (line is null) return;
        lock (_gate) lines.Add(line);
    }
}
