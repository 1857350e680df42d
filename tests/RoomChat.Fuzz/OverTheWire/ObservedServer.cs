using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Diagnostics.NETCore.Client;

namespace RoomChat.Fuzz.OverTheWire;

/// <summary>The product in a process of its own, without limits by rate, which prints only warnings.</summary>
internal sealed class ObservedServer : IDisposable
{
    private static readonly string[] Unlimited =
    [
        "MessagesPerSecond", "RoomsPerMinute", "JoinsPerMinute", "GuessesPerMinute", "ResentBytesPerMinute",
        "ConnectionsPerAddress", "Connections", "Rooms",
    ];

    /// <summary>What is kept by time would grow for as long as that.</summary>
    private static readonly string[] Short =
        ["ReplaySeconds", "AwaySeconds", "OwnerSeconds", "EmptyRoomSeconds"];

    private const long HeapCollect = 0x800000;
    private static readonly TimeSpan CollectionTime = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http = new();
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    public ObservedServer()
    {
        Address = FreeAddress();
        var start = new ProcessStartInfo("dotnet", ["RoomChat.dll", $"--urls={Address}"])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var limit in Unlimited) start.ArgumentList.Add($"--RoomChat:Limits:{limit}=0");
        foreach (var limit in Short) start.ArgumentList.Add($"--RoomChat:Limits:{limit}=1");
        start.ArgumentList.Add("--RoomChat:Limits:SeatSeconds=15");     // pongs have a sixth of it
        start.ArgumentList.Add("--RoomChat:Metrics=true");
        start.ArgumentList.Add("--Serilog:MinimumLevel:Default=Warning");
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    public Uri Hub => new UriBuilder(Address) { Scheme = "ws", Path = "/hub" }.Uri;

    public IReadOnlyCollection<string> Warnings => _output;

    public bool HasExited => _process.HasExited;

    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public async Task WaitAsync()
    {
        for (var tries = 0; tries < 300; tries++)
        {
            try
            {
                await StatusOfAsync("/health");
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100);
            }
        }
        throw new TimeoutException(string.Join('\n', _output));
    }

    public async Task<int> StatusOfAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(Address, path));
        return (int)answer.StatusCode;
    }

    /// <summary>What lives, once the rooms of the clients that are gone have died.</summary>
    public async Task<long> HeapAsync()
    {
        for (var tries = 0; tries < 300 && await SumAsync("roomchat_rooms") > 1; tries++) await Task.Delay(100);
        await CollectAsync();
        return await SumAsync("dotnet_gc_last_collection_heap_size_bytes");
    }

    /// <summary>To be told of the heap, the runtime collects all of it.</summary>
    private async Task CollectAsync()
    {
        var heap = new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, HeapCollect);
        using var session = new DiagnosticsClient(_process.Id).StartEventPipeSession(heap, requestRundown: false);
        var told = session.EventStream.CopyToAsync(Stream.Null);
        await Task.Delay(CollectionTime);
        await session.StopAsync(CancellationToken.None);
        await told;
    }

    private async Task<long> SumAsync(string metric)
    {
        var metrics = await _http.GetStringAsync(new Uri(Address, "/metrics"));
        return metrics.Split('\n').Where(line => line.StartsWith(metric, StringComparison.Ordinal))
            .Sum(line => (long)double.Parse(line.TrimEnd().Split(' ')[1], CultureInfo.InvariantCulture));
    }

    private void Keep(string? line)
    {
        // Kestrel's warning that the machine is busy.
        if (line is not null && !line.Contains("heartbeat has been running", StringComparison.Ordinal))
            _output.Enqueue(line);
    }

    private static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new($"http://{listener.LocalEndpoint}");
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
        _http.Dispose();
    }
}
