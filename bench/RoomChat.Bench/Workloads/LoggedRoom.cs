using System.Diagnostics;
using RoomChat.Redis;
using RoomChat.Rooms;

namespace RoomChat.Bench.Workloads;

/// <summary>The log of a room, to which messages are appended a few at a time, or which is only read.</summary>
internal sealed class LoggedRoom(RedisConnection redis, int messagesAtOnce)
{
    private static readonly Limits Limits = new();

    private readonly Code _code = Code.New();
    private readonly string _epoch = Room.NewEpoch();
    private readonly LogEntry[] _entries = [.. Enumerable.Range(0, messagesAtOnce).Select(_ => Say(redis.Server))];
    private IRoomLog _log = null!;
    private LogHead _head;

    /// <summary>Messages that were appended, or reads.</summary>
    public long Operations { get; private set; }

    public long Refused { get; private set; }

    public bool HasAllInOrder => messagesAtOnce == 0 || _head.Place.Seq == Operations;

    public async Task OpenAsync()
    {
        var bell = new RoomKeys(_code, _epoch).Bell;
        var channel = await redis.Subscriber.SubscribeAsync(bell).ConfigureAwait(false);
        channel.OnMessage(_ => { });
        var header = new RoomHeader(_code, _epoch, DateTimeOffset.UtcNow, Pair: null);
        var created = await new RedisRoomStore(redis, Limits).CreateAsync(header).ConfigureAwait(false);
        if (!created.TryGet(out var stored, out var refusal)) throw new RunFailedException($"no room: {refusal}");
        _log = stored.Log;
    }

    public async Task RunUntilAsync(long end)
    {
        while (Stopwatch.GetTimestamp() < end)
        {
            if (messagesAtOnce == 0) await ReadAsync().ConfigureAwait(false);
            else await AppendAsync().ConfigureAwait(false);
        }
    }

    private async Task ReadAsync()
    {
        if ((await _log.ReadAsync(_head, hasMembers: true).ConfigureAwait(false)).Page is null) Refused++;
        else Operations++;
    }

    private async Task AppendAsync()
    {
        var keepFrom = _head.Place.Seq + messagesAtOnce - Limits.History + 1;
        var answer = await _log.AppendAsync(_head, fences: default, _entries, keepFrom).ConfigureAwait(false);
        if (answer is not { Page.Entries: [.., var last], FirstTaken: 0 })
        {
            Refused += messagesAtOnce;
            return;
        }
        _head = last.Head;
        Operations += messagesAtOnce;
    }

    private static LogEntry Say(string server) => new(
        new RoomEvent(0, EventType.Message, "ana", new string('x', 60), DateTimeOffset.UtcNow) { Who = 1 },
        Change: null, State: null, By: server);
}
