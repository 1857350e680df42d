using RoomChat.Redis;
using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Redis;

public sealed class RedisRoomLogTests : IDisposable
{
    private readonly RedisServer _redis = new();
    private readonly RedisConnection _connection;

    public RedisRoomLogTests() => _connection = RedisServer.Connect(_redis.Setting);

    [Fact]
    public async Task WhatIsKeptSaysWhereItBegins()
    {
        var log = await NewLogAsync();
        var change = new RosterChange("seat", Row: null);
        await AppendAsync(log, keepFrom: 1, Said("first"), Said("second"), new LogEntry(null, change, null, By: null));
        await AppendAsync(log, keepFrom: 3, Said("third"), Said("fourth"));

        var page = (await log.ReadAsync(default, hasMembers: true)).Page!;

        Assert.Equal(new LogPlace(2), page.After.Place);
        Assert.Equal([new(2, 1), new(3), new(4)], page.Entries.Select(entry => entry.Place));
    }

    public void Dispose()
    {
        _connection.Dispose();
        _redis.Dispose();
    }

    private async Task<IRoomLog> NewLogAsync()
    {
        var store = new RedisRoomStore(_connection, new Limits());
        var header = new RoomHeader(Code.New(), Room.NewEpoch(), DateTimeOffset.UnixEpoch, Pair: null);
        return (await store.CreateAsync(header)).OrFail().Log;
    }

    /// <summary>The roster is fenced by the place of its last change.</summary>
    private static async Task AppendAsync(IRoomLog log, long keepFrom, params LogEntry[] entries)
    {
        var known = (await log.ReadAsync(default, hasMembers: true)).Page!.Entries;
        var roster = known.LastOrDefault(entry => entry.IsRosterFence).Place;
        var head = known is [.., var last] ? last.Head : default;
        var answer = await log.AppendAsync(head, new LogFences(roster, default), entries, keepFrom);
        Assert.NotNull(answer.FirstTaken);
    }

    private static LogEntry Said(string text) =>
        new(new RoomEvent(0, EventType.Message, "ana", text, DateTimeOffset.UnixEpoch), null, null, By: null);
}
