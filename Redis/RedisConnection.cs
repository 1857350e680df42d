using System.Text;
using RoomChat.Rooms;
using StackExchange.Redis;

namespace RoomChat.Redis;

/// <summary>The connection of this server, which stays while Redis is away, and its lease among the servers.</summary>
internal sealed class RedisConnection : IDisposable
{
    private static readonly TimeSpan
        Timeout = TimeSpan.FromSeconds(2), RetryInterval = TimeSpan.FromMilliseconds(250),
        Lease = TimeSpan.FromSeconds(5), RenewInterval = TimeSpan.FromSeconds(1);

    private static readonly RedisKey[] Servers = ["servers"];

    private readonly ConnectionMultiplexer _redis;
    private readonly CommandPacer _pacer = new();
    private readonly CancellationTokenSource _disposed = new();
    private readonly ActivityFeed _activity;
    private readonly TimeProvider _time = TimeProvider.System;     // Redis has a clock of its own
    private volatile HashSet<string>? _alive;
    private int _isAway;        // 0 or 1

    public RedisConnection(RedisSettings settings, ActivityFeed activity, Instruments? instruments = null)
    {
        (_activity, Instruments) = (activity, instruments);
        TokenPrefix = Encoding.UTF8.GetBytes($"{Server}-");
        var options = settings.Parse();
        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.AsyncTimeout = options.SyncTimeout = (int)Timeout.TotalMilliseconds;
        options.ReconnectRetryPolicy = new LinearRetry((int)RetryInterval.TotalMilliseconds);
        _redis = ConnectionMultiplexer.Connect(options);
        _redis.ConnectionFailed += (_, _) => NoteAway();
        _redis.ConnectionRestored += (_, _) => Restored?.Invoke();
        if (!_redis.IsConnected) NoteAway();
        _ = RenewLeaseAsync();
    }

    public event Action? Restored;

    /// <summary>This server's name among the others, until it ends.</summary>
    public string Server { get; } = Room.NewEpoch();

    /// <summary>What every token of this server begins with, as it is heard.</summary>
    public RedisValue TokenPrefix { get; }

    public Instruments? Instruments { get; }

    /// <summary>Asked every second.</summary>
    public bool IsReady => Volatile.Read(ref _isAway) == 0;

    public IDatabase Database => _redis.GetDatabase();

    public ISubscriber Subscriber => _redis.GetSubscriber();

    /// <summary>While Redis is away, nobody is taken for gone.</summary>
    public bool IsAlive(string? server) => server == Server || server is null || _alive?.Contains(server) != false;

    /// <summary>Tries until Redis answers; null once this server ends.</summary>
    public async Task<RedisResult?> RetryAsync(
        RedisScript script, RedisKey[] keys, RedisValue[] arguments, bool isUrgent)
    {
        while (!_disposed.IsCancellationRequested)
        {
            try
            {
                await _pacer.NextTurnAsync(isUrgent).ConfigureAwait(false);
                return await script.RunAsync(Database, keys, arguments).ConfigureAwait(false);
            }
            catch (Exception exception) when (IsAway(exception))
            {
                NoteAway(exception);
                await Task.Delay(RetryInterval, _time).ConfigureAwait(false);
            }
        }
        return null;
    }

    /// <summary>Tries once.</summary>
    public async Task<Outcome<T>> TryAsync<T>(Func<IDatabase, Task<T>> ask) where T : notnull
    {
        try
        {
            await _pacer.NextTurnAsync(isUrgent: true).ConfigureAwait(false);
            return await ask(Database).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsAway(exception))
        {
            NoteAway(exception);
            return Refusal.Unavailable;
        }
    }

    public void NoteUnreadable(Code room) => _activity.Publish(new LogUnreadable(_time.GetUtcNow(), room));

    public void Dispose()
    {
        if (_disposed.IsCancellationRequested) return;
        _disposed.Cancel();
        _pacer.Dispose();
        _ = Database.SortedSetRemove(Servers[0], Server, CommandFlags.FireAndForget);
        _redis.Dispose();
    }

    private static bool IsAway(Exception exception) =>
        exception is RedisException or RedisTimeoutException or ObjectDisposedException;

    /// <param name="exception">What Redis itself refused, for example since its memory is full.</param>
    private void NoteAway(Exception? exception = null)
    {
        if (Interlocked.Exchange(ref _isAway, 1) == 0)
            _activity.Publish(new RedisLost(_time.GetUtcNow(), (exception as RedisServerException)?.Message));
    }

    private void NoteBack()
    {
        if (Interlocked.Exchange(ref _isAway, 0) == 1) _activity.Publish(new RedisFound(_time.GetUtcNow()));
    }

    private async Task RenewLeaseAsync()
    {
        while (!_disposed.IsCancellationRequested)
        {
            var answer = await TryAsync(redis =>
                RedisScript.Renew.RunAsync(redis, Servers, Server, (long)Lease.TotalMilliseconds))
                .ConfigureAwait(false);
            if (answer.TryGet(out var servers, out _))
            {
                _alive = [.. (string[])servers!];
                NoteBack();
            }
            await Task.Delay(RenewInterval, _time).ConfigureAwait(false);
        }
    }
}
