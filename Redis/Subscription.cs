using RoomChat.Rooms;
using StackExchange.Redis;

namespace RoomChat.Redis;

/// <summary>What a room hears of the other servers.</summary>
internal sealed class Subscription(RedisConnection redis, Room room)
{
    /// <summary>Said on the bell's channel if the log has ended, or the room was closed for everybody.</summary>
    public const string Ended = "ended", Closed = "closed";

    /// <summary>Asked on the channel of presence: what was said there before was not heard.</summary>
    private const string WhoHasSeen = "who has seen?";

    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly RoomKeys _keys = new(room.Code, room.Epoch);
    private readonly Lock _gate = new();
    private readonly List<ChannelMessageQueue> _channels = [];
    private volatile bool _isStopped;

    public async Task StartAsync()
    {
        await ListenAsync(_keys.Bell, HearBell).ConfigureAwait(false);
        await ListenAsync(_keys.Presence, HearPresence).ConfigureAwait(false);
        redis.Database.Publish(_keys.Presence, WhoHasSeen, CommandFlags.FireAndForget);
        _ = room.CatchUp();     // what was appended before
    }

    public void Stop()
    {
        lock (_gate)
        {
            _isStopped = true;
            foreach (var channel in _channels) channel.Unsubscribe(CommandFlags.FireAndForget);
        }
    }

    private async Task ListenAsync(RedisChannel name, Action<RedisValue> hear)
    {
        while (!_isStopped)
        {
            var outcome = await redis.TryAsync(_ => redis.Subscriber.SubscribeAsync(name)).ConfigureAwait(false);
            if (outcome.TryGet(out var channel, out _))
            {
                channel.OnMessage(message => hear(message.Message));
                Keep(channel);
                return;
            }
            // A subscription that failed would still collect messages.
            redis.Subscriber.Unsubscribe(name, flags: CommandFlags.FireAndForget);
            await Task.Delay(RetryInterval, TimeProvider.System).ConfigureAwait(false);
        }
    }

    private void Keep(ChannelMessageQueue channel)
    {
        lock (_gate)
        {
            _channels.Add(channel);
            if (_isStopped) channel.Unsubscribe(CommandFlags.FireAndForget);
        }
    }

    private void HearBell(RedisValue bell)
    {
        if (bell.StartsWith(redis.TokenPrefix)) return;     // this server knows what it has appended
        if (bell == Closed) room.HearClosed();
        else if (RedisRoomLog.ParseBell(bell!) is { } page) room.Hear(page);
        else _ = room.CatchUp();
    }

    private void HearPresence(RedisValue text)
    {
        if (text == WhoHasSeen) room.RepeatSeen();
        if (PresenceNotice.Parse(text!) is not { } notice || notice.Server == redis.Server) return;
        if (notice.IsTyping) room.HearTyping(notice.SeatHash);
        else room.HearSeen(notice.SeatHash, notice.Seen);
    }
}
