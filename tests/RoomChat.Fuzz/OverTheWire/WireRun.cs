namespace RoomChat.Fuzz.OverTheWire;

/// <summary>Sends mutated records to a server until it has had its fill, and tells what it took.</summary>
internal static class WireRun
{
    private const int Clients = 4, Steps = 10;
    private const double MostGrowth = 1.5;

    private static readonly string[] Paths =
        ["/health", "/", "/r/%20", "/r/%00", "/r/%FF", "/r/K7M2QX", "/api/rooms/%20"];

    public static async Task RunAsync(int records, int seed)
    {
        Console.WriteLine($"seed {seed}");
        using var server = new ObservedServer();
        await server.WaitAsync();
        using var witness = await Witness.JoinAsync(server.Hub);
        using var over = new CancellationTokenSource();
        var talking = witness.TalkAsync(over.Token);
        var clients = Enumerable.Range(0, Clients).Select(i => new Random(seed + i))
            .Select(random => new FuzzingClient(server.Hub, new RecordMutator(witness.Room, random), random)).ToArray();
        var (start, warmHeap, heap) = (TimeProvider.System.GetTimestamp(), 0L, 0L);
        for (var step = 1; step <= Steps; step++)
        {
            await Task.WhenAll(clients.Select(client => client.SendAsync(records / Steps / Clients)));
            await CheckPathsAsync(server);
            if (talking.IsFaulted) await talking;
            heap = await server.HeapAsync();
            if (step == 2) warmHeap = heap;
            var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
            Console.WriteLine(
                $"{(long)records * step / Steps,9:N0} records, {records * (step / (double)Steps) / seconds,7:N0}/s, "
                + $"heap {Mega(heap)}, working set {Mega(server.WorkingSet)}, "
                + $"{clients.Sum(client => client.Connections),6} connections, witness heard {witness.Acknowledged}, "
                + $"slowest {witness.Slowest.TotalMilliseconds:N0} ms, {server.Warnings.Count} warnings");
        }
        await over.CancelAsync();
        await talking;
        foreach (var warning in server.Warnings.Take(20)) Console.WriteLine(warning);
        PropertyException.Require(!server.HasExited && server.Warnings.Count == 0, "The server says nothing");
        PropertyException.Require(heap < MostGrowth * warmHeap, "Memory is flat");
    }

    private static async Task CheckPathsAsync(ObservedServer server)
    {
        foreach (var path in Paths)
            PropertyException.Require(await server.StatusOfAsync(path) < 500, $"{path} is answered");
    }

    private static string Mega(long bytes) => $"{bytes / 1024.0 / 1024.0,5:N1} MB";
}
