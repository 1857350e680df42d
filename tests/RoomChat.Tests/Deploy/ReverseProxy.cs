using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using RoomChat.Tests.Architecture;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Deploy;

/// <summary>
/// A proxy that runs the sample in deploy/proxies, with ports of its own and a self-made certificate. Tests are skipped
/// where it is not installed.
/// </summary>
internal sealed partial class ReverseProxy : IDisposable
{
    public const string Caddy = "caddy", Nginx = "nginx", HAProxy = "haproxy", Apache = "apache2";

    /// <summary>What Debian's apache2 loads by itself, and the modules that the sample asks for.</summary>
    private const string ApacheModules =
        "mpm_event authz_core alias socache_shmcb slotmem_shm " +
        "ssl http2 headers proxy proxy_http proxy_balancer lbmethod_bybusyness";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("roomchat-proxy-");
    private readonly int _plainPort = ServerProcess.FreeAddress().Port, _port = ServerProcess.FreeAddress().Port;
    private readonly StringBuilder _output = new();
    private readonly Process _process;

    private ReverseProxy(string name, Uri one, Uri two)
    {
        WriteCertificate();
        var sample = name switch
        {
            Caddy => CaddyOptions + Sample("Caddyfile"),
            Nginx => Sample("nginx.conf"),
            HAProxy => Sample("haproxy.cfg"),
            Apache => ApacheOptions + Sample("apache.conf"),
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
        var configuration = Path.Combine(_folder.FullName, "configuration");
        File.WriteAllText(configuration, Adapt(sample, one, two));
        string[] arguments = name switch
        {
            Caddy => ["run", "--adapter", "caddyfile", "--config", configuration],
            Nginx => ["-e", "stderr", "-c", configuration, "-g", $"daemon off; pid {_folder.FullName}/pid;"],
            HAProxy => ["-db", "-f", configuration],
            _ => ["-D", "FOREGROUND", "-f", configuration],
        };
        _process = Start(name, arguments);
    }

    public Uri Address => new($"https://localhost:{_port}");

    public Uri PlainAddress => new($"http://localhost:{_plainPort}");

    private string CaddyOptions =>
        $$"""
        {
            admin off
            skip_install_trust
            http_port {{_plainPort}}
            https_port {{_port}}
        }

        """;

    private string ApacheOptions =>
        $"""
        {string.Join('\n', ApacheModules.Split(' ').Select(module =>
            $"LoadModule {module}_module /usr/lib/apache2/modules/mod_{module}.so"))}
        Include /etc/apache2/mods-available/mpm_event.conf
        User www-data
        Group www-data
        ServerName localhost
        DefaultRuntimeDir {_folder.FullName}
        PidFile {_folder.FullName}/pid
        ErrorLog /dev/stderr
        Listen 80
        Listen 443

        """;

    public static async Task<ReverseProxy> StartAsync(string name, Uri one, Uri two)
    {
        var proxy = new ReverseProxy(name, one, two);
        using var http = proxy.Open();
        await Wait.UntilAsync(() => proxy.ForwardsAsync(http), $"{name} to forward");
        return proxy;
    }

    /// <summary>A client with this address, which follows no redirect.</summary>
    public HttpClient Open(string address = "127.0.0.1") => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null },
        ConnectCallback = async (context, cancellation) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = Address };

    public void Dispose()
    {
        // Apache leaves its children and semaphores behind when it is killed.
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"])) kill.WaitForExit();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5))) _process.Kill(entireProcessTree: true);
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string Sample(string file) =>
        File.ReadAllText(Path.Combine(SourceFiles.Root, "deploy", "proxies", file));

    private string Adapt(string sample, Uri one, Uri two)
    {
        sample = sample
            .Replace("/etc/letsencrypt/live/chat.example.org", _folder.FullName, StringComparison.Ordinal)
            .Replace("/etc/haproxy/chat.example.org.pem", $"{_folder.FullName}/both.pem", StringComparison.Ordinal)
            .Replace("chat.example.org", "localhost", StringComparison.Ordinal)
            .Replace("127.0.0.1:5000", one.Authority, StringComparison.Ordinal)
            .Replace("127.0.0.1:5001", two.Authority, StringComparison.Ordinal);
        return HttpPort().Replace(HttpsPort().Replace(sample, $"{_port}"), $"{_plainPort}");
    }

    private void WriteCertificate()
    {
        using var certificate = SelfMadeCertificate.Create();
        var (shown, secret) = (certificate.ExportCertificatePem(), certificate.ExportKeyPem());
        File.WriteAllText(Path.Combine(_folder.FullName, "fullchain.pem"), shown);
        File.WriteAllText(Path.Combine(_folder.FullName, "privkey.pem"), secret);
        File.WriteAllText(Path.Combine(_folder.FullName, "both.pem"), $"{shown}\n{secret}\n");
    }

    private Process Start(string name, string[] arguments)
    {
        var start = new ProcessStartInfo(name, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["XDG_DATA_HOME"] = _folder.FullName, ["XDG_CONFIG_HOME"] = _folder.FullName },
        };
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            _folder.Delete(recursive: true);
            Assert.Skip($"{name} is not installed.");
        }
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private async Task<bool> ForwardsAsync(HttpClient http)
    {
        Assert.False(_process.HasExited, $"It has ended. {Output}");
        try
        {
            using var answer = await http.GetAsync("/health", TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;   // does not listen yet
        }
    }

    private string Output
    {
        get { lock (_output) { return $"{_output}"; } }
    }

    private void Keep(string? line)
    {
        lock (_output) { _output.AppendLine(line); }
    }

    [GeneratedRegex(@"\b443\b")]
    private static partial Regex HttpsPort();

    [GeneratedRegex(@"\b80\b")]
    private static partial Regex HttpPort();
}
