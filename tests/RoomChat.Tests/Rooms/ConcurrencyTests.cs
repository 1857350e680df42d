using System.Collections.Concurrent;
using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Rooms;

public sealed class ConcurrencyTests : IDisposable
{
    private readonly TestLobby _lobby = new(new Limits { MessagesPerSecond = 0, EmptyRoomSeconds = 1 });

    [Fact]
    public async Task MessagesSentByManyAtOnceReachEveryMemberOnceInOneOrder()
    {
        const int People = 32, Messages = 100;
        var room = _lobby.NewRoom();
        var crowd = Enumerable.Range(0, People).Select(i => _lobby.Join(room, $"member {i}")).ToList();

        await AtOnceAsync(People, i =>
        {
            for (var n = 0; n < Messages; n++) crowd[i].Member.Post($"{i}:{n}", $"m{n}");
        });

        var last = People + People * Messages;
        foreach (var (_, reader) in crowd) await reader.WaitForSeqAsync(last);
        var told = crowd[0].Reader.Events;
        Assert.Equal(Enumerable.Range(1, last).Select(seq => (long)seq), told.Select(line => line.Seq));
        Assert.All(crowd, member => Assert.Equal(told, member.Reader.Events));
        Assert.All(
            Enumerable.Range(0, People),
            i => Assert.Equal(
                Enumerable.Range(0, Messages).Select(n => $"{i}:{n}"),
                told.Where(line => line.Type == EventType.Message && line.From == $"member {i}")
                    .Select(line => line.Text)));
    }

    /// <summary>The clock goes on by so much that the room is quiet now and then, and busy in between.</summary>
    [Fact]
    public async Task MessagesThatConnectionsDeliverThemselvesReachEveryMemberOnceInOneOrder()
    {
        const int People = 4, Messages = 2_000;
        var room = _lobby.NewRoom();
        var crowd = Enumerable.Range(0, People).Select(i => _lobby.Join(room, $"member {i}")).ToList();

        await AtOnceAsync(People, i =>
        {
            for (var n = 0; n < Messages; n++)
            {
                if (n % (i + 2) == 0) _lobby.Clock.AdvanceSeconds(0.006);
                crowd[i].Reader.Handle(() => crowd[i].Member.Post($"{i}:{n}"));
            }
        });

        var last = People + People * Messages;
        foreach (var (_, reader) in crowd) await reader.WaitForSeqAsync(last);
        Assert.Equal(Enumerable.Range(1, last).Select(seq => (long)seq), crowd[0].Reader.Seqs);
        Assert.All(crowd, member => Assert.Equal(crowd[0].Reader.Events, member.Reader.Events));
    }

    [Fact]
    public async Task TheSameIdSentAtOnceIsOneMessage()
    {
        var (ana, reader) = _lobby.Join(_lobby.NewRoom(), "ana");
        ConcurrentBag<long> seqs = [];

        await AtOnceAsync(16, i => seqs.Add(ana.Post($"{i}", "m1")));

        Assert.Equal([2L], seqs.Distinct());
        await reader.WaitForSeqAsync(ana.Post("after"));
        Assert.Equal([1, 2, 3], reader.Seqs);
    }

    [Fact]
    public async Task ANameHasOneHolderHoweverManyComeAndGo()
    {
        var room = _lobby.NewRoom();
        ConcurrentDictionary<string, Member> holders = [];

        await AtOnceAsync(20, i =>
        {
            for (var n = 0; n < 50; n++)
            {
                if (!_lobby.Try(room, $"member {(i + n) % 4}").TryGet(out var joined, out var refusal))
                {
                    Assert.Equal(Reason.NameTaken, refusal.Reason);
                    continue;
                }
                var key = joined.Member.Name.Key;
                Assert.True(holders.TryAdd(key, joined.Member));
                Assert.Contains(joined.Users, user => user.Name == joined.Member.Name.Shown);
                Assert.Distinct(joined.Users.Select(user => user.Name));
                Assert.True(holders.TryRemove(key, out _));
                room.Leave(joined.Member).OrFail();
            }
        });

        Assert.Equal((0, 0), (room.Members, _lobby.Lobby.Members));
    }

    [Fact]
    public async Task OneSeatTakenByManyAtOnceKeepsOneConnection()
    {
        var (ana, first) = _lobby.Join(_lobby.NewRoom(), "ana");
        var readers = Enumerable.Range(0, 32).Select(_ => new TestReader()).ToList();

        await AtOnceAsync(32, i => _lobby.Return(ana, readers[i], after: 1));

        var seq = ana.Post("who reads this?");
        await Wait.UntilAsync(() => readers.Any(reader => reader.Seqs.Contains(seq)), "somebody to read it");
        var kept = Assert.Single(readers.Append(first), reader => reader.CloseReasons.Count == 0);
        await kept.WaitForSeqAsync(seq);
        Assert.All(
            readers.Append(first).Except([kept]), reader => Assert.Equal([CloseReason.Replaced], reader.CloseReasons));
    }

    [Fact]
    public async Task AJoinEntersAnOpenRoomOrFindsNone()
    {
        for (var i = 0; i < 200; i++)
        {
            var room = _lobby.NewRoom();
            _lobby.Clock.AdvanceSeconds(0.8);
            Outcome<Joined> outcome = default;

            await AtOnceAsync(2, who =>
            {
                if (who == 0) _lobby.Clock.AdvanceSeconds(0.4);
                else outcome = _lobby.Try(room, "ana");
            });

            if (outcome.TryGet(out var joined, out var refusal))
            {
                Assert.Equal(room.Epoch, _lobby.Lobby.Find(room.Code.ToString()).OrFail().Epoch);
                joined.Member.Post("here");
                room.Leave(joined.Member).OrFail();
            }
            else
            {
                Assert.Equal(Reason.RoomNotFound, refusal.Reason);
                Assert.Equal(Reason.RoomNotFound, _lobby.Lobby.Find(room.Code.ToString()).Reason());
            }
        }
        _lobby.Clock.AdvanceSeconds(2);
        Assert.Equal((0, 0, 0L), (_lobby.Lobby.Rooms, _lobby.Lobby.Members, _lobby.Lobby.Bytes));
    }

    [Fact]
    public async Task RoomsCreatedAtOnceDoNotExceedTheLimit()
    {
        var lobbies = Enumerable.Range(0, 500).Select(_ => new TestLobby(new Limits { Rooms = 1 })).ToList();
        var made = new int[lobbies.Count];
        using var together = new Barrier(4);

        await AtOnceAsync(4, _ =>
        {
            for (var i = 0; i < lobbies.Count; i++)
            {
                together.SignalAndWait();
                if (lobbies[i].Lobby.Create().TryGet(out Room? _, out Refusal? _)) Interlocked.Increment(ref made[i]);
            }
        });

        Assert.All(made, count => Assert.Equal(1, count));
        Assert.All(lobbies, lobby => Assert.Equal(1, lobby.Lobby.Rooms));
        lobbies.ForEach(lobby => lobby.Dispose());
    }

    [Fact]
    public async Task ACodeReopenedByManyAtOnceIsOneRoom()
    {
        ConcurrentBag<Room> rooms = [];

        await AtOnceAsync(16, _ => rooms.Add(_lobby.Lobby.Reopen("K7M2QX").OrFail()));

        Assert.Single(rooms.Distinct());
        Assert.Equal(1, _lobby.Lobby.Rooms);
    }

    [Fact]
    public async Task ReadersOfAClosedRoomReceiveNothingOfTheReopenedOne()
    {
        var first = _lobby.NewRoom();
        var readers = Enumerable.Range(0, 32).Select(_ => new TestReader()).ToList();
        await AtOnceAsync(32, i => first.Leave(_lobby.Try(first, $"member {i}", readers[i]).OrFail().Member).OrFail());
        _lobby.Clock.AdvanceSeconds(2);

        var next = _lobby.Lobby.Reopen(first.Code.ToString()).OrFail();
        var (ana, reader) = _lobby.Join(next, "ana");
        await reader.WaitForSeqAsync(ana.Post("hi"));

        Assert.NotEqual(first.Epoch, next.Epoch);
        Assert.All(readers.SelectMany(old => old.Batches), batch => Assert.Equal(first.Epoch, batch.Epoch));
    }

    public void Dispose() => _lobby.Dispose();

    /// <summary>Each on a thread of its own, as far as there are any, and none before all are ready.</summary>
    private static async Task AtOnceAsync(int count, Action<int> act)
    {
        using var start = new Barrier(count);
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                act(i);
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))).Soon();
    }
}
