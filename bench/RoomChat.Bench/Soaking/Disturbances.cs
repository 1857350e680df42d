using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;

namespace RoomChat.Bench.Soaking;

/// <summary>Everything that is not talk, each at a steady rate, until it is stopped.</summary>
internal sealed class Disturbances(SoakTarget target, Tally tally, CancellationToken stop)
{
    private const int Programs = 8, StalledReaders = 4;

    public Task RunAsync()
    {
        var (churn, scans, floods) =
            (new Churn(target, tally), new Scans(target, tally), new Floods(target, tally));
        var (programs, stalled) = (new HttpPrograms(target, tally), new StalledReader(target, tally));
        return Task.WhenAll([
            EveryAsync(0.25, churn.VisitAsync, "visits"),
            EveryAsync(0.1, scans.ScanAsync, "scans"),
            EveryAsync(5, floods.FloodHubAsync, "floods of the hub"),
            EveryAsync(10, floods.FloodApiAsync, "floods of the API"),
            EveryAsync(60, floods.FloodConnectionsAsync, "floods of connections"),
            .. Enumerable.Range(0, Programs).Select(n => RepeatAsync(() => programs.RunAsync(n, stop), "programs")),
            .. Enumerable.Range(0, StalledReaders)
                .Select(n => RepeatAsync(() => stalled.StallAsync(n, stop), "stalled readers")),
        ]);
    }

    /// <summary>Without waiting for the one before.</summary>
    private async Task EveryAsync(double seconds, Func<CancellationToken, Task> act, string name)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(seconds));
        HashSet<Task> running = [];
        try
        {
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
            {
                running.RemoveWhere(task => task.IsCompleted);
                running.Add(TryAsync(() => act(stop), name));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(running).ConfigureAwait(false);
        }
    }

    private async Task RepeatAsync(Func<Task> act, string name)
    {
        while (!stop.IsCancellationRequested)
            if (!await TryAsync(act, name).ConfigureAwait(false))
                await Task.Delay(1000, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>A connection may end at any time: the proxy is restarted, and the server defends itself.</summary>
    private async Task<bool> TryAsync(Func<Task> act, string name)
    {
        try
        {
            await act().ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (
            e is SocketException or IOException or WebSocketException or HttpRequestException
                or OperationCanceledException)
        {
            if (!stop.IsCancellationRequested) tally.Add($"{name} cut short");
            return false;
        }
        catch (Exception e) when (
            e is JsonException or FormatException or IndexOutOfRangeException or KeyNotFoundException)
        {
            tally.Add(Tally.NotUnderstood);
            tally.FirstNotUnderstood ??= $"{name}: {e}";
            return false;
        }
    }
}
