using StackExchange.Redis;

namespace RoomChat.Redis;

/// <summary>
/// The lease of this server among the others. A Redis that was away may have lost what they know, so nothing new is
/// appended until all of them have read their rooms again, and given back what it had lost.
/// </summary>
internal sealed class ServerLease(RedisConnection redis)
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);
    private static readonly RedisKey[] Servers = ["servers"];

    private readonly Lock _gate = new();
    private volatile HashSet<string>? _alive;
    private volatile TaskCompletionSource _allCaughtUp = NewCompletion();
    private volatile string _life = "";     // of the Redis that this server has read its rooms from
    private string? _nextLife;
    private int _losses;

    public Task AllCaughtUp => _allCaughtUp.Task;

    /// <summary>While Redis is away, nobody is taken for gone.</summary>
    public bool IsAlive(string? server) =>
        server == redis.Server || server is null || _alive?.Contains(server) != false;

    public void NoteLost()
    {
        lock (_gate)
        {
            _losses++;
            if (_allCaughtUp.Task.IsCompleted) _allCaughtUp = NewCompletion();
        }
    }

    /// <summary>False if Redis is away.</summary>
    public async Task<bool> RenewAsync()
    {
        int losses;
        lock (_gate) { losses = _losses; }
        var outcome = await redis.TryAsync(database => RedisScript.Renew.RunAsync(
            database, Servers, redis.Server, (long)Duration.TotalMilliseconds, _life)).ConfigureAwait(false);
        if (!outcome.TryGet(out var answer, out _)) return false;
        var (life, behind) = ((string)answer[0]!, (int)answer[1]);
        _alive = [.. (string[])answer[2]!];
        if (life != _life) return await CatchUpAsync(life).ConfigureAwait(false);
        if (behind == 0) NoteAllCaughtUp(losses);
        return true;
    }

    public void End() => _ = redis.Database.SortedSetRemove(
        Servers[0], [redis.Server, $"{redis.Server} {_life}"], CommandFlags.FireAndForget);

    private void NoteAllCaughtUp(int losses)
    {
        lock (_gate)
        {
            if (losses != _losses || !_allCaughtUp.TrySetResult()) return;
        }
        _ = GiveBackAsync();        // once more, as some may depend on what others have given back
    }

    private async Task<bool> CatchUpAsync(string life)
    {
        lock (_gate)
        {
            if (_nextLife == life) return true;     // under way
            _nextLife = life;
        }
        // Nobody waits for a room that cannot be read.
        await Task.WhenAny(GiveBackAsync(), Task.Delay(Duration, TimeProvider.System)).ConfigureAwait(false);
        if (_nextLife != life) return true;         // Redis was away once more
        _life = life;
        return await RenewAsync().ConfigureAwait(false);
    }

    private Task GiveBackAsync() => Task.WhenAll(redis.RecentWrites.RepeatAsync(redis), redis.CatchUpAsync());

    private static TaskCompletionSource NewCompletion() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
