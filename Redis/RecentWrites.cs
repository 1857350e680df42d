using System.Collections.Concurrent;
using StackExchange.Redis;

namespace RoomChat.Redis;

/// <summary>
/// What was written in the last seconds, apart from the logs of rooms. It is written again where Redis may have lost
/// it, so each write must change nothing where it is still there, or has been overtaken.
/// </summary>
internal sealed class RecentWrites
{
    private static readonly TimeSpan KeepFor = TimeSpan.FromSeconds(10);

    private readonly ConcurrentQueue<(Func<IDatabase, Task> Write, long At)> _writes = [];

    public void Add(Func<IDatabase, Task> write)
    {
        _writes.Enqueue((write, TimeProvider.System.GetTimestamp()));
        while (_writes.TryPeek(out var oldest) && TimeProvider.System.GetElapsedTime(oldest.At) > KeepFor)
            _writes.TryDequeue(out _);
    }

    public async Task RepeatAsync(RedisConnection redis)
    {
        for (var left = _writes.Count; left > 0 && _writes.TryDequeue(out var recent); left--)
        {
            Add(recent.Write);
            await redis.TryAsync(async database =>
            {
                await recent.Write(database).ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);
        }
    }
}
