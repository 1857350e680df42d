using System.Collections.Concurrent;
using System.Globalization;
using RoomChat.Rooms;
using StackExchange.Redis;

namespace RoomChat.Redis;

/// <summary>Rooms that several servers share.</summary>
internal sealed class RedisRoomStore : IRoomStore
{
    private const string SeatPrefix = "seat:";

    private readonly RedisConnection _redis;
    private readonly Limits _limits;
    private readonly ConcurrentDictionary<Room, Subscription> _followed = new();

    public RedisRoomStore(RedisConnection redis, Limits limits)
    {
        (_redis, _limits) = (redis, limits);
        redis.Restored += () => _ = CatchUpAsync();
        redis.CatchUpAsync = CatchUpAsync;
    }

    public string Server => _redis.Server;

    public bool IsAlive(string? server) => _redis.IsAlive(server);

    public bool IsReady => _redis.IsReady;

    public ValueTask<Outcome<StoredRoom>> CreateAsync(RoomHeader header) =>
        CreateOrFindAsync(header.Code, RedisRoomLog.ToCreate(header, _limits));

    public ValueTask<Outcome<StoredRoom>> FindAsync(Code code) => CreateOrFindAsync(code, []);

    public void Follow(Room room)
    {
        var subscription = new Subscription(_redis, room);
        _followed[room] = subscription;
        _ = subscription.StartAsync();
    }

    public void Unfollow(Room room)
    {
        if (_followed.TryRemove(room, out var subscription)) subscription.Stop();
    }

    public void PublishTyping(Room room, Member member) =>
        Publish(room, PresenceNotice.OfTyping(Server, member));

    public void PublishSeen(Room room, Member member, long? seq) =>
        Publish(room, PresenceNotice.OfSeen(Server, member, seq));

    public void End(Room room, LogPlace roster) =>
        _ = _redis.TryAsync(redis =>
            RedisScript.End.RunAsync(
                redis, KeysOf(room).All, room.Epoch, RedisRoomLog.ToId(roster), Subscription.Ended));

    public async ValueTask<Outcome<bool>> CloseAsync(Room room, LogPlace? roster)
    {
        var (keys, epoch, decided) = (KeysOf(room).All, room.Epoch, roster is { } at ? RedisRoomLog.ToId(at) : "");
        var outcome = await _redis.TryAsync(redis => CloseAsync(redis, decided)).ConfigureAwait(false);
        if (!outcome.TryGet(out var ended, out var refusal)) return refusal;
        if ((long)ended == 0) return false;
        _redis.RecentWrites.Add(redis => CloseAsync(redis, ""));
        return true;

        Task<RedisResult> CloseAsync(IDatabase redis, string roster) =>
            RedisScript.End.RunAsync(redis, keys, epoch, roster, Subscription.Closed);
    }

    public async ValueTask<Outcome<Code>> ClaimDirectAsync(DirectPair pair, Code code)
    {
        var outcome = await _redis.TryAsync(ClaimAsync).ConfigureAwait(false);
        if (!outcome.TryGet(out var claimed, out var refusal)) return refusal;
        if (Code.TryParse(claimed, out var parsed) && parsed != code) return parsed;
        _redis.RecentWrites.Add(ClaimAsync);
        return code;

        async Task<string> ClaimAsync(IDatabase redis)
        {
            await redis.StringSetAsync(KeyOf(pair), $"{code}", when: When.NotExists).ConfigureAwait(false);
            foreach (var name in new[] { pair.Inviter, pair.Invitee })
                await redis.SetAddAsync(KeyOf(name), (string)KeyOf(pair)!).ConfigureAwait(false);
            return (string)(await redis.StringGetAsync(KeyOf(pair)).ConfigureAwait(false))!;
        }
    }

    /// <summary>Unless the room still lives, for other servers.</summary>
    public void ReleaseDirect(DirectPair pair, Code code) => _ = _redis.TryAsync(async redis =>
    {
        if (await redis.KeyExistsAsync(RoomKeys.ToFind(code)[0]).ConfigureAwait(false)) return false;
        var released = await RedisScript.Release.RunAsync(redis, [KeyOf(pair)], $"{code}").ConfigureAwait(false);
        if (!(bool)released) return false;
        foreach (var name in new[] { pair.Inviter, pair.Invitee })
            await redis.SetRemoveAsync(KeyOf(name), (string)KeyOf(pair)!).ConfigureAwait(false);
        return true;
    });

    public async ValueTask<Code?> FindDirectAsync(DirectPair pair)
    {
        var outcome = await _redis.TryAsync(redis => redis.StringGetAsync(KeyOf(pair))).ConfigureAwait(false);
        return outcome.TryGet(out var claimed, out _) && Code.TryParse(claimed, out var code) ? code : null;
    }

    public async ValueTask<IReadOnlyList<Code>> DirectChatsOfAsync(Name account)
    {
        var outcome = await _redis.TryAsync(async redis =>
        {
            var pairs = await redis.SetMembersAsync(KeyOf(account)).ConfigureAwait(false);
            return await Task.WhenAll(pairs.Select(pair => redis.StringGetAsync((string)pair!))).ConfigureAwait(false);
        }).ConfigureAwait(false);
        if (!outcome.TryGet(out var claimed, out _)) return [];
        return [.. claimed.Select(value => Code.TryParse(value, out var code) ? code : (Code?)null).OfType<Code>()];
    }

    private void Publish(Room room, PresenceNotice notice) =>
        _redis.Database.Publish(KeysOf(room).Presence, $"{notice}", CommandFlags.FireAndForget);

    private static RoomKeys KeysOf(Room room) => new(room.Code, room.Epoch);

    private static RedisKey KeyOf(Name account) => $"directs:{account.Key}";

    private static RedisKey KeyOf(DirectPair pair) => $"direct:{pair.Key.Item1}\n{pair.Key.Item2}";

    private async ValueTask<Outcome<StoredRoom>> CreateOrFindAsync(Code code, RedisValue[] toCreate)
    {
        if (!await _redis.WaitUntilCaughtUpAsync().ConfigureAwait(false)) return Refusal.Unavailable;
        var outcome = await _redis.TryAsync(redis => RedisScript.Create.RunAsync(
            redis, RoomKeys.ToFind(code), toCreate)).ConfigureAwait(false);
        if (!outcome.TryGet(out var result, out var refusal)) return refusal;
        var room = result[0].ToDictionary();
        if (room.Count == 0) return Reason.RoomNotFound;
        try
        {
            return Restore(code, room, result[1]);
        }
        catch (FormatException)
        {
            _redis.NoteUnreadable(code);
            return Refusal.Unavailable;
        }
    }

    private StoredRoom Restore(Code code, Dictionary<string, RedisResult> room, RedisResult log)
    {
        string Field(string name) => (string)room[name]!;
        var pair = Field("inviter") is { Length: > 0 } inviter
            ? new DirectPair(Name.Restore(inviter), Name.Restore(Field("invitee")))
            : null;
        var created = DateTimeOffset.Parse(Field("created"), CultureInfo.InvariantCulture);
        var entries = ((string[])log!).Select(StoredEntry.Read);
        var isSealed = room.TryGetValue("sealed", out var known) && (bool)known;
        var header = new RoomHeader(code, Field("epoch"), created, pair, isSealed);
        return new StoredRoom(header, new RedisRoomLog(_redis, header, _limits))
        {
            Head = HeadOf($"{Field("seq")}-{Field("change")}", room),
            Fences = new(RedisRoomLog.ParseId(Field("roster")), RedisRoomLog.ParseId(Field("amended"))),
            State = room.TryGetValue("state", out var state)
                ? StoredEntry.ReadRest((string)state!).State!
                : RoomState.New,
            Events = [.. entries.Select(entry => entry.Event).OfType<RoomEvent>()],
            Members =
            [
                .. room.Where(field => field.Key.StartsWith(SeatPrefix, StringComparison.Ordinal))
                    .Select(field => StoredEntry.ReadRest((string)field.Value!).Change!)
                    .OrderBy(member => member.Row!.Since),
            ],
        };
    }

    /// <summary>A server of an earlier version does not write the token.</summary>
    private static LogHead HeadOf(string id, Dictionary<string, RedisResult> room) => new(
        RedisRoomLog.ParseId(id),
        room.TryGetValue("last", out var last) && $"{last}".Split(' ') is [var known, var token] && known == id
            ? token
            : null);

    private Task CatchUpAsync() => Task.WhenAll(_followed.Keys.Select(room => room.CatchUp()));
}
