namespace RoomChat.Web;

/// <summary>Gives memory back once the server has fallen quiet, when the runtime itself would not collect.</summary>
internal sealed class IdleGarbageCollector : BackgroundService
{
    private const long QuietBytes = 1 << 20;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private long _allocated;
    private long _collectedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!IsDue(GC.GetTotalAllocatedBytes(), GC.GetGCMemoryInfo().TotalCommittedBytes)) continue;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    /// <summary>It takes as long as the heap is large, so as much must be allocated before the next.</summary>
    internal bool IsDue(long allocated, long heap)
    {
        var isQuiet = allocated - _allocated < QuietBytes;
        _allocated = allocated;
        if (!isQuiet || allocated - _collectedAt < heap) return false;
        _collectedAt = allocated;
        return true;
    }
}
