using RoomChat.Bench.Servers;

namespace RoomChat.Bench.Soaking;

/// <summary>Everything at once against one server, for as long as it takes to see whether anything grows.</summary>
internal static class Soak
{
    private const long Second = 1_000_000_000, SampleInterval = 10 * Second;
    private const long ShortestTimeBetweenRestarts = 20 * Second;
    private const int RestartsOfProxy = 12;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(40);

    public static int Run(SoakOptions options, CancellationToken stop)
    {
        Console.WriteLine(MachineDescription.Create());
        Console.WriteLine(HaProxy.IsInstalled
            ? "Half of the clients are behind HAProxy, which is restarted now and then."
            : "Without a proxy, because Debian's haproxy is not installed: its restarts are not part of this soak.");
        using var server = new ServerInstance(Server.RoomChatBehindProxy, stop);
        server.WaitUntilListening();
        using var proxy = HaProxy.IsInstalled ? new HaProxy(server.PortOf(null), stop) : null;
        using var talk = new TalkLoad(server, proxy?.Port);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var tally = new Tally();
        var target = new SoakTarget(server.PortOf(null), proxy?.Port, talk.QuietCodes, talk.LoudCodes);
        var disturbances = Task.Run(new Disturbances(target, tally, over.Token).RunAsync, CancellationToken.None);

        var samples = Sample(options, server, proxy, talk);
        over.Cancel();
        if (!disturbances.Wait(Grace, stop)) throw new RunFailedException("a client of the soak does not end");
        var result = new SoakResult(samples, talk.Check(), talk, tally);
        SoakReport.Write(result, options, MachineDescription.Create());
        return result.Passed ? 0 : 1;
    }

    private static List<SoakSample> Sample(
        SoakOptions options, ServerInstance server, HaProxy? proxy, TalkLoad talk)
    {
        using var probe = new ServerProbe(server);
        List<Task<SoakSample>> samples = [];
        var restart = Task.CompletedTask;
        var (start, length) = (talk.Now, (long)(options.Minutes * 60 * Second));
        var betweenRestarts = Math.Max(length / (RestartsOfProxy + 1), ShortestTimeBetweenRestarts);
        var nextRestart = start + betweenRestarts;
        for (var next = start + SampleInterval; next <= start + length; next += SampleInterval)
        {
            if (proxy is not null && nextRestart < next && restart.IsCompleted)
            {
                talk.RunUntil(nextRestart);
                restart.GetAwaiter().GetResult();
                talk.BeginOutage();
                restart = Task.Run(proxy.RestartAsync);
                nextRestart += betweenRestarts;
            }
            talk.RunUntil(next);
            var (seconds, direct, proxied) = ((next - start) / 1e9, talk.Direct, talk.Proxied);
            talk.StartInterval();
            samples.Add(Task.Run(() => probe.SampleAsync(seconds, direct, proxied)));
            if (samples.Count % 6 == 0) SoakReport.PrintProgress(samples[^2].GetAwaiter().GetResult(), talk);
        }
        restart.GetAwaiter().GetResult();
        return [.. Task.WhenAll(samples).GetAwaiter().GetResult()];
    }
}
