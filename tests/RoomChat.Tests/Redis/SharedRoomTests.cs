using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Redis;

/// <summary>Lobbies of several servers that share their rooms.</summary>
public sealed class SharedRoomTests : IDisposable
{
    private const int Rounds = 50;

    private readonly RedisServer _redis = new();
    private readonly TestLobby _here, _there;

    public SharedRoomTests() => (_here, _there) = (NewServer(), NewServer());

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
    public async Task OfTwoServersThatAreAskedForANameOneGivesIt()
    {
        for (var i = 0; i < Rounds; i++)
        {
            var room = _here.NewRoom();
            var code = $"{room.Code}";
            var joins = await AtOnceAsync(
                () => _here.Lobby.Join(new JoinAttempt(code, "ana")),
                () => _there.Lobby.Join(new JoinAttempt(code, "Ana")));

            Assert.Single(joins, join => join.IsSuccess);
            Assert.Single(joins, join => !join.IsSuccess && join.Reason() == Reason.NameTaken);
        }
    }

    [Fact]
    public async Task OfTwoServersThatAreAskedForTheLastPlaceOneGivesIt()
    {
        var limits = new Limits { MembersPerRoom = 2 };
        using var here = NewServer(limits);
        using var there = NewServer(limits);
        for (var i = 0; i < Rounds; i++)
        {
            var room = here.NewRoom();
            var code = $"{room.Code}";
            here.Join(room, "ana");
            var joins = await AtOnceAsync(
                () => here.Lobby.Join(new JoinAttempt(code, "bo")),
                () => there.Lobby.Join(new JoinAttempt(code, "cy")));

            Assert.Single(joins, join => join.IsSuccess);
            Assert.Single(joins, join => !join.IsSuccess && join.Reason() == Reason.RoomFull);
        }
    }

    [Fact]
    public async Task AReturnThereReplacesTheConnectionHereAndIsNotAnnounced()
    {
        var (ana, anas, _, bos) = await TalkAsync();
        var code = $"{ana.Room.Code}";

        var back = new TestReader();
        var attempt = new JoinAttempt(code, null, ana.Seat, ana.Room.Epoch, After: 2);
        var returned = _there.Lobby.Join(attempt, back).OrFail();
        returned.Member.Post("from there");

        await Wait.UntilAsync(() => anas.CloseReasons.Contains(CloseReason.Replaced), "the connection to be replaced");
        await bos.WaitForTextAsync("from there");
        Assert.Equal([3], back.Seqs);
        Assert.Equal([2, 3], bos.Seqs.Where(seq => seq > 1));
        Assert.Equal(ana.Seat, returned.Member.Seat);
    }

    [Fact]
    public async Task AMessageSentHereAndThereAtOnceIsTakenOnce()
    {
        var (ana, anas, _, bos) = await TalkAsync();
        var there = _there.Lobby.Find($"{ana.Room.Code}").OrFail();
        for (var i = 0; i < Rounds; i++)
        {
            var id = $"m{i}";
            var seqs = await AtOnceAsync(
                () => ana.Room.Post(ana, "here", id).OrFail(),
                () => there.Post(there.Recognize(ana.Seat).OrFail(), "there", id).OrFail());

            Assert.Single(seqs.Distinct());
        }
        await anas.WaitForSeqAsync(2 + Rounds);
        Assert.Equal(Rounds, anas.Texts.Count);
        Assert.Empty(anas.CloseReasons);
    }

    [Fact]
    public async Task ASeatThatMovesWhileItsMessageIsUnderWayDoesNotDoubleIt()
    {
        for (var i = 0; i < Rounds; i++)
        {
            var room = _here.NewRoom();
            var (ana, _) = _here.Join(room, "ana");
            await AtOnceAsync<object>(
                () => room.Post(ana, "here", "m1"),
                () =>
                {
                    var attempt = new JoinAttempt($"{room.Code}", null, ana.Seat, room.Epoch, After: 1);
                    var back = _there.Lobby.Join(attempt, new TestReader()).OrFail().Member;
                    return back.Post("again", "m1");
                });

            var (_, bos) = _there.Join(_there.Lobby.Find($"{room.Code}").OrFail(), "bo");
            await bos.WaitForSeqAsync(3);
            Assert.Single(bos.Texts);
        }
    }

    [Fact]
    public async Task AHotRoomIsSharedFairly()
    {
        using var third = NewServer(new Limits { MessagesPerSecond = 0 });
        using var first = NewServer(new Limits { MessagesPerSecond = 0 });
        using var second = NewServer(new Limits { MessagesPerSecond = 0 });
        var code = $"{first.NewRoom().Code}";
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(3));

        var counts = await Task.WhenAll(new[] { first, second, third }.Select((server, i) => Task.Run(() =>
        {
            var member = server.Lobby.Join(new JoinAttempt(code, $"member {i}"), new TestReader()).OrFail().Member;
            var count = 0;
            for (; !over.IsCancellationRequested; count++) member.Post($"{i}: {count}");
            return count;
        })));

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
                while (!silence.IsCancellationRequested) _redis.Execute("CLIENT", "KILL", "TYPE", "pubsub");
            },
            TestContext.Current.CancellationToken);
        for (var i = 0; i < Rounds; i++)
        {
            ana.Post($"ana {i}");
            bo.Post($"bo {i}");
        }
        await silence.CancelAsync();
        await killing;
        _here.Clock.AdvanceSeconds(6);
        _there.Clock.AdvanceSeconds(6);

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
        await bos.WaitForSeqAsync(5);

        Assert.Equal([1, 2, 3, 4], anas.Seqs);
        Assert.Equal([1, 2, 3, 4, 5], bos.Seqs);
    }

    [Fact]
    public void ARoomOutlivesItsServers()
    {
        var room = _here.NewRoom();
        var (ana, _) = _here.Join(room, "ana");
        ana.Post("hi", "m1");
        var code = $"{room.Code}";
        _here.Dispose();
        _there.Dispose();

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
        _redis.Execute("FLUSHALL");
        _here.Clock.AdvanceSeconds(6);
        _there.Clock.AdvanceSeconds(6);

        await Wait.UntilAsync(() => anas.CloseReasons.Contains(CloseReason.Restarted), "ana to be told");
        await Wait.UntilAsync(() => bos.CloseReasons.Contains(CloseReason.Restarted), "bo to be told");
        Assert.Equal(Reason.RoomNotFound, _there.Lobby.Find(code).Reason());
        var reopened = _here.Lobby.Reopen(code).OrFail();
        Assert.NotEqual(ana.Room.Epoch, reopened.Epoch);
        Assert.Equal(reopened.Epoch, _there.Lobby.Find(code).OrFail().Epoch);
    }

    [Fact]
    public async Task WhereRedisLostTheEndOfTheLogTheRestBeginsANewLife()
    {
        var (ana, anas, bo, bos) = await TalkAsync();
        var code = $"{ana.Room.Code}";
        bo.Post("kept");
        await anas.WaitForSeqAsync(bo.Post("lost"));
        _redis.Execute("XDEL", $"{{{code}}}:log", "4-0");
        _redis.Execute("XSETID", $"{{{code}}}:log", "3-0");
        _redis.Execute("HSET", $"{{{code}}}:room", "seq", 3);

        Assert.Equal(Reason.RoomNotFound, ana.Room.Post(ana, "to a life that has ended", null).Reason());
        await Wait.UntilAsync(() => anas.CloseReasons.Contains(CloseReason.Restarted), "ana to be told");
        await Wait.UntilAsync(() => bos.CloseReasons.Contains(CloseReason.Restarted), "bo to be told");
        var back = new TestReader();
        var attempt = new JoinAttempt(code, null, bo.Seat, bo.Room.Epoch, After: 4);
        var returned = _here.Lobby.Join(attempt, back).OrFail();
        await back.WaitForSeqAsync(3);

        Assert.NotEqual(bo.Room.Epoch, returned.Member.Room.Epoch);
        Assert.Equal(["kept"], back.Texts);
        Assert.Equal(4, returned.Member.Post("goes on"));
    }

    public void Dispose()
    {
        _here.Dispose();
        _there.Dispose();
        _redis.Dispose();
    }

    private TestLobby NewServer(Limits? limits = null) =>
        new(limits ?? new Limits { MessagesPerSecond = 0 }, redis: _redis);

    /// <summary>Ana is here and bo is there, and each has seen the other come.</summary>
    private async Task<(Member Ana, TestReader Anas, Member Bo, TestReader Bos)> TalkAsync()
    {
        var (ana, anas) = _here.Join(_here.NewRoom(), "ana");
        var (bo, bos) = _there.Join(_there.Lobby.Find($"{ana.Room.Code}").OrFail(), "bo");
        await anas.WaitForSeqAsync(2);
        await bos.WaitForSeqAsync(2);
        return (ana, anas, bo, bos);
    }

    private static Task<T[]> AtOnceAsync<T>(params Func<T>[] acts) => Task.WhenAll(acts.Select(Task.Run));
}
