using System.Text;
using RoomChat.Rooms;
using StackExchange.Redis;

namespace RoomChat.Redis;

/// <summary>The connection of this server, which stays while Redis is away.</summary>
internal sealed class RedisConnection : IDisposable
{
    private static readonly TimeSpan
        Timeout = TimeSpan.FromSeconds(2), RetryInterval = TimeSpan.FromMilliseconds(250),
        RenewInterval = TimeSpan.FromSeconds(1);

    private readonly ConnectionMultiplexer _redis;
    private readonly CommandPacer _pacer = new();
    private readonly CancellationTokenSource _disposed = new();
    private readonly ActivityFeed _activity;
    private readonly TimeProvider _time = TimeProvider.System;     // Redis has a clock of its own
    private readonly ServerLease _lease;
    private int _isAway;        // 0 or 1
    private int _givenBack;

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
        _lease = new ServerLease(this);
        _redis.ConnectionFailed += (_, _) => NoteAway();
        _redis.ConnectionRestored += (_, _) =>
        {
            _ = RenewLeaseAsync();
            Restored?.Invoke();
        };
        if (!_redis.IsConnected) NoteAway();
        _ = KeepLeaseAsync();
    }

    public event Action? Restored;

    /// <summary>Reads all rooms after their places.</summary>
    public Func<Task> CatchUpAsync { get; set; } = () => Task.CompletedTask;

    /// <summary>This server's name among the others, until it ends.</summary>
    public string Server { get; } = Room.NewEpoch();

    /// <summary>What every token of this server begins with, as it is heard.</summary>
    public RedisValue TokenPrefix { get; }

    public Instruments? Instruments { get; }

    public RecentWrites RecentWrites { get; } = new();

    /// <summary>Asked every second.</summary>
    public bool IsReady => Volatile.Read(ref _isAway) == 0;

    public IDatabase Database => _redis.GetDatabase();

    public ISubscriber Subscriber => _redis.GetSubscriber();

    public bool IsAlive(string? server) => _lease.IsAlive(server);

    /// <summary>Nobody has anything to give back any more.</summary>
    public bool HasCaughtUp => _lease.AllCaughtUp.IsCompleted;

    /// <summary>False if that takes too long.</summary>
    public async Task<bool> WaitUntilCaughtUpAsync()
    {
        try
        {
            await _lease.AllCaughtUp.WaitAsync(_redis.IsConnected ? Timeout : TimeSpan.Zero, _time)
                .ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Tries until Redis answers; null once this server ends.</summary>
    /// <param name="isNew">It would take the place of what others may have to give back.</param>
    public async Task<RedisResult?> RetryAsync(
        RedisScript script, RedisKey[] keys, RedisValue[] arguments, bool isUrgent, bool isNew = false)
    {
        while (!_disposed.IsCancellationRequested)
        {
            try
            {
                if (isNew) await _lease.AllCaughtUp.WaitAsync(_disposed.Token).ConfigureAwait(false);
                return await _pacer.InTurnAsync(() => script.RunAsync(Database, keys, arguments), isUrgent)
                    .ConfigureAwait(false);
            }
            catch (Exception exception) when (IsAway(exception))
            {
                NoteAway(exception);
                await Task.Delay(RetryInterval, _time).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }
        return null;
    }

    /// <summary>Tries once.</summary>
    public async Task<Outcome<T>> TryAsync<T>(Func<IDatabase, Task<T>> ask) where T : notnull
    {
        try
        {
            return await _pacer.InTurnAsync(() => ask(Database), isUrgent: true).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsAway(exception))
        {
            NoteAway(exception);
            return Refusal.Unavailable;
        }
    }

    public void NoteGivenBack(int entries) => Interlocked.Add(ref _givenBack, entries);

    public void NoteEndLost(Code room) => _activity.Publish(new LogLost(_time.GetUtcNow(), room));

    public void NoteUnreadable(Code room) => _activity.Publish(new LogUnreadable(_time.GetUtcNow(), room));

    public void Dispose()
    {
        if (_disposed.IsCancellationRequested) return;
        _disposed.Cancel();
        _pacer.Dispose();
        _lease.End();
        _redis.Dispose();
    }

    private static bool IsAway(Exception exception) =>
        exception is RedisException or RedisTimeoutException or ObjectDisposedException;

    /// <param name="exception">What Redis itself refused, for example since its memory is full.</param>
    private void NoteAway(Exception? exception = null)
    {
        if (exception is not RedisServerException) _lease.NoteLost();
        if (Interlocked.Exchange(ref _isAway, 1) == 0)
            _activity.Publish(new RedisLost(_time.GetUtcNow(), (exception as RedisServerException)?.Message));
    }

    private void NoteBack()
    {
        if (Interlocked.Exchange(ref _isAway, 0) == 0) return;
        _activity.Publish(new RedisFound(_time.GetUtcNow(), Interlocked.Exchange(ref _givenBack, 0)));
    }

    private async Task RenewLeaseAsync()
    {
        if (await _lease.RenewAsync().ConfigureAwait(false) && HasCaughtUp) NoteBack();
    }

    private async Task KeepLeaseAsync()
    {
        while (!_disposed.IsCancellationRequested)
        {
            await RenewLeaseAsync().ConfigureAwait(false);
            await Task.Delay(HasCaughtUp ? RenewInterval : RetryInterval, _time).ConfigureAwait(false);
        }
    }
}
