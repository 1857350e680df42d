using System.Globalization;
using RoomChat.Redis;
using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Redis;

public sealed class SharedRoomTests : TwoServersTest
{
    private const int Rounds = 50;

    [Fact]
    public async Task WhatIsSentHereIsReadThereInOneOrder()
    {
        var (ana, anas, bo, bos) = await TalkAsync();

        for (var i = 0; i < Rounds; i++)
        {
            ana.Post($"ana {i}");
            bo.Post($"bo {i}");
        }
        await anas.WaitForSeqAsync(2 + 2 * Rounds);
        await bos.WaitForSeqAsync(2 + 2 * Rounds);

        Assert.Equal(Enumerable.Range(1, 2 + 2 * Rounds).Select(seq => (long)seq), anas.Seqs);
        Assert.Equal(anas.Events, bos.Events);
    }

    [Fact]
    public async Task TextOfAllScriptsIsReadThereAndKeptAsItIs()
    {
        const string text = "добрий день, 世界 <é>";
        var (ana, _, _, bos) = await TalkAsync();

        ana.Post(text);
        await bos.WaitForTextAsync(text);

        const string last = "return redis.call('ZRANGE', KEYS[1], -1, -1)[1]";
        var kept = Redis.Execute("EVAL", last, 1, $"{RoomKeys.ToFind(ana.Room.Code)[1]}");
        Assert.Contains(text, kept, StringComparison.Ordinal);
    }

    [Fact]
    public void ASilentRoomIsKeptForLongerThanItIsNotRead()
    {
        using var server = NewServer(new Limits { EmptyRoomSeconds = 1 });
        var (ana, _) = server.Join(server.NewRoom(), "ana");
        ana.Post("hi");

        foreach (var key in RoomKeys.ToFind(ana.Room.Code))
            Assert.InRange(int.Parse(Redis.Execute("TTL", $"{key}")!, CultureInfo.InvariantCulture), 90, 150);
    }

    [Fact]
    public async Task AHotRoomIsSharedFairly()
    {
        using var third = NewServer(new Limits { MessagesPerSecond = 0 });
        using var first = NewServer(new Limits { MessagesPerSecond = 0 });
        using var second = NewServer(new Limits { MessagesPerSecond = 0 });
        var code = $"{first.NewRoom().Code}";
        using var ready = new Barrier(3);
        using var over = new CancellationTokenSource();

        // Each has a thread of its own, and the time begins once all have one.
        var counts = await Task.WhenAll(new[] { first, second, third }.Select((server, i) => Task.Factory.StartNew(
            () =>
            {
                var member = server.Lobby.Join(new JoinAttempt(code, $"member {i}"), new TestReader()).OrFail().Member;
                Assert.True(ready.SignalAndWait(Wait.Timeout));
                over.CancelAfter(TimeSpan.FromSeconds(3));
                var count = 0;
                for (; !over.IsCancellationRequested; count++) member.Post($"{i}: {count}");
                return count;
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        TestContext.Current.TestOutputHelper!.WriteLine(string.Join(", ", counts));
        Assert.All(counts, count => Assert.True(count > counts.Sum() / counts.Length / 2, string.Join(", ", counts)));
    }

    [Fact]
    public async Task WhatTheBellDidNotSayIsRead()
    {
        var (ana, anas, bo, bos) = await TalkAsync();
        using var silence = new CancellationTokenSource();
        var killing = Task.Run(
            () =>
            {
                while (!silence.IsCancellationRequested) Redis.Execute("CLIENT", "KILL", "TYPE", "pubsub");
            },
            TestContext.Current.CancellationToken);
        for (var i = 0; i < Rounds; i++)
        {
            ana.Post($"ana {i}");
            bo.Post($"bo {i}");
        }
        await silence.CancelAsync();
        await killing;
        Here.Clock.AdvanceSeconds(6);
        There.Clock.AdvanceSeconds(6);

        await anas.WaitForSeqAsync(2 + 2 * Rounds);
        await bos.WaitForSeqAsync(2 + 2 * Rounds);
        Assert.Equal(anas.Events, bos.Events);
    }

    [Fact]
    public async Task TypingHereIsShownThere()
    {
        var (ana, anas, _, bos) = await TalkAsync();

        await Wait.UntilAsync(
            () =>
            {
                ana.Room.Typing(ana);
                return bos.Typists.Contains("ana");
            },
            "ana to be typing");
        Assert.DoesNotContain("ana", anas.Typists);
    }

    [Fact]
    public async Task ARoomInWhichNobodyIsHereIsFollowedOnlyWhereSomebodyIs()
    {
        var (ana, anas, bo, bos) = await TalkAsync();
        bo.Room.Leave(bo).OrFail();
        await anas.WaitForSeqAsync(3);

        There.Clock.AdvanceSeconds(61);
        Assert.Equal((1, 0), (Here.Lobby.Rooms, There.Lobby.Rooms));

        ana.Post("still here");
        var (_, again) = There.Join(FindThere(ana.Room), "bo");
        await again.WaitForSeqAsync(5);
        await anas.WaitForSeqAsync(5);
        Assert.Empty(anas.CloseReasons);
    }

    [Fact]
    public async Task RoomsAreKeptInACluster()
    {
        using var cluster = new RedisServer(isCluster: true);
        using var here = new TestLobby(redis: cluster);
        using var there = new TestLobby(redis: cluster);
        var (ana, anas) = here.Join(here.NewRoom(), "ana");
        var (bo, bos) = there.Join(there.Lobby.Find($"{ana.Room.Code}").OrFail(), "bo");

        await bos.WaitForSeqAsync(ana.Post("hi"));
        await anas.WaitForSeqAsync(bo.Post("hello"));
        ana.Room.Leave(ana).OrFail();
        await bos.WaitForSeqAsync(6);

        Assert.Equal([1, 2, 3, 4], anas.Seqs);
        Assert.Equal([1, 2, 3, 4, 5, 6], bos.Seqs);
    }

    [Fact]
    public void ARoomOutlivesItsServers()
    {
        var room = Here.NewRoom();
        var (ana, _) = Here.Join(room, "ana");
        ana.Post("hi", "m1");
        var code = $"{room.Code}";
        Here.Dispose();
        There.Dispose();

        using var next = NewServer();
        var found = next.Lobby.Find(code).OrFail();
        var back = next.Lobby.Join(new JoinAttempt(code, null, ana.Seat, room.Epoch, After: 1)).OrFail();

        Assert.Equal((room.Epoch, room.CreatedAt), (found.Epoch, found.CreatedAt));
        Assert.Equal("ana", back.Member.Name.Shown);
        Assert.Equal(2, back.Member.Post("hi again", "m1"));
        Assert.Equal(3, back.Member.Post("more"));
    }

    [Fact]
    public async Task WhatRedisLostBeginsANewLifeOfTheRoom()
    {
        var (ana, anas, _, bos) = await TalkAsync();
        var code = $"{ana.Room.Code}";
        Here.Clock.AdvanceSeconds(11);
        There.Clock.AdvanceSeconds(11);
        await Task.WhenAll(ana.Room.CatchUp(), FindThere(ana.Room).CatchUp());
        Redis.Kill();
        Redis.Restart();

        await anas.WaitForCloseAsync(CloseReason.Restarted);
        await bos.WaitForCloseAsync(CloseReason.Restarted);
        Assert.Equal(Reason.RoomNotFound, There.Lobby.Find(code).Reason());
        var reopened = Here.Lobby.Reopen(code).OrFail();
        Assert.NotEqual(ana.Room.Epoch, reopened.Epoch);
        Assert.Equal(reopened.Epoch, There.Lobby.Find(code).OrFail().Epoch);
    }

    [Fact]
    public async Task WhereRedisLostTheEndOfTheLogTheRestBeginsANewLife()
    {
        var (ana, anas, bo, bos) = await TalkAsync();
        var code = $"{ana.Room.Code}";
        bo.Post("kept");
        await anas.WaitForSeqAsync(bo.Post("lost"));
        Redis.Execute("ZREMRANGEBYRANK", $"{{{code}}}:log", -1, -1);
        Redis.Execute("HSET", $"{{{code}}}:room", "seq", 3);

        Assert.Equal(Reason.RoomNotFound, ana.Room.Post(ana, "to a life that has ended", null).Reason());
        await anas.WaitForCloseAsync(CloseReason.Restarted);
        await bos.WaitForCloseAsync(CloseReason.Restarted);
        var back = new TestReader();
        var attempt = new JoinAttempt(code, null, bo.Seat, bo.Room.Epoch, After: 4);
        var returned = Here.Lobby.Join(attempt, back).OrFail();
        await back.WaitForSeqAsync(3);

        Assert.NotEqual(bo.Room.Epoch, returned.Member.Room.Epoch);
        Assert.Equal(["kept"], back.Texts);
        Assert.Equal(4, returned.Member.Post("goes on"));
    }

    /// <summary>As a newer server may write.</summary>
    [Fact]
    public async Task WhatAServerCannotReadEndsTheRoomThereAndIsSaid()
    {
        const string Unknown = """{"Type":"Sang","From":"bo","At":"2026-11-29T12:00:00Z"}""";
        var (ana, anas, _, _) = await TalkAsync();
        var code = $"{ana.Room.Code}";
        Redis.Execute("ZADD", $"{{{code}}}:log", $"{3L << 22}", $"3-0\nnewer\n{Unknown}\n{{}}");
        Redis.Execute("HSET", $"{{{code}}}:room", "seq", 3);

        Assert.Equal(Reason.RoomNotFound, ana.Room.Post(ana, "after it", null).Reason());

        await anas.WaitForCloseAsync(CloseReason.Restarted);
        Assert.Equal(Reason.Unavailable, Here.Lobby.Find(code).Reason());
        Here.Activity.Complete();
        Assert.Contains(ana.Room.Code, Here.Activity.Watch().OfType<LogUnreadable>().Select(shown => shown.Room));
    }
}
