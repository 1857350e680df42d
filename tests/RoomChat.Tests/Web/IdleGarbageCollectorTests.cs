using RoomChat.Web;

namespace RoomChat.Tests.Web;

public sealed class IdleGarbageCollectorTests : IDisposable
{
    private const long Megabyte = 1 << 20;

    private readonly IdleGarbageCollector _collector = new();

    public void Dispose() => _collector.Dispose();

    [Fact]
    public void CollectsOnceTheServerHasFallenQuiet()
    {
        Assert.False(_collector.IsDue(allocated: 100 * Megabyte, heap: 40 * Megabyte));
        Assert.True(_collector.IsDue(allocated: 100 * Megabyte + 1000, heap: 40 * Megabyte));
        Assert.False(_collector.IsDue(allocated: 100 * Megabyte + 2000, heap: 20 * Megabyte));
    }

    [Fact]
    public void NeverCollectsABusyServer()
    {
        for (var megabytes = 100; megabytes < 10_000; megabytes += 5)
            Assert.False(_collector.IsDue(megabytes * Megabyte, heap: 40 * Megabyte));
    }

    [Fact]
    public void CollectsAQuietServerNoMoreOftenThanItsHeapIsAllocatedAnew()
    {
        var collections = 0;
        for (var kilobytes = 0L; kilobytes < 400 << 10; kilobytes += 500)
            if (_collector.IsDue(kilobytes << 10, heap: 40 * Megabyte)) collections++;
        Assert.Equal(9, collections);
    }
}
