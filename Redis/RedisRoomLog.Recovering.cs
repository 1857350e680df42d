using RoomChat.Rooms;

namespace RoomChat.Redis;

/// <summary>Redis may have lost the end of the log, or the room with it, and is given it back.</summary>
internal sealed partial class RedisRoomLog
{
    private async ValueTask<LogAnswer> RecoverAsync(Call call, LogHead kept, IReadOnlyList<LogEntry>? lost)
    {
        // Another server may know it, so the room reads again once all have caught up.
        if (lost is null && !redis.HasCaughtUp) return new LogAnswer(new LogPage(default, []));
        if (lost is null) await BeginAnewAsync(kept).ConfigureAwait(false);
        else await GiveBackAsync(kept, lost).ConfigureAwait(false);
        return await AskAsync(call).ConfigureAwait(false);
    }

    /// <summary>
    /// Each append again, as it was, and before the first the room. What another server has given back already is found
    /// by its token.
    /// </summary>
    private async Task GiveBackAsync(LogHead kept, IReadOnlyList<LogEntry> lost)
    {
        if (kept == default)
            await redis.RetryAsync(
                RedisScript.Create, RoomKeys.ToFind(header.Code), ToCreate(header, limits), isUrgent: true)
                .ConfigureAwait(false);
        for (var (head, given) = (kept, 0); given < lost.Count;)
        {
            var token = lost[given].Token!;
            List<LogEntry> together = [.. lost.Skip(given).TakeWhile(entry => entry.Token == token)];
            var call = new Call(head, token, default, together, IsExact: true, KeepFrom: 1, _keepSeconds);
            var result = await redis.RetryAsync(RedisScript.Append, _keys.All, ArgumentsOf(call), isUrgent: true)
                .ConfigureAwait(false);
            if (result is { IsNull: false } && result[0].Length == 0) redis.NoteGivenBack(together.Count);
            head = together[^1].Head;
            given += together.Count;
        }
    }

    private async Task BeginAnewAsync(LogHead kept)
    {
        var result = await redis.RetryAsync(
            RedisScript.BeginAnew, _keys.All,
            [header.Epoch, kept.Place.Seq, kept.Place.Change, Room.NewEpoch(), Subscription.Ended], isUrgent: true)
            .ConfigureAwait(false);
        if (result is not null && (bool)result) redis.NoteEndLost(header.Code);
    }
}
