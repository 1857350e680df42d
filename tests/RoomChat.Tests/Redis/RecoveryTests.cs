using RoomChat.Redis;
using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Redis;

/// <summary>Redis is killed and has lost the end of its file, which the servers give back.</summary>
public sealed class RecoveryTests() : TwoServersTest(appendFsync: "always")
{
    [Fact]
    public async Task WhatRedisLostIsGivenBackAsItWas()
    {
        var (ana, anas, bo, bos) = await TalkAsync();
        foreach (var text in new[] { "kept", "to edit", "to remove", "to edit more than once" }) bo.Post(text);
        await anas.WaitForSeqAsync(6);
        ana.React(3, "👍").OrFail();
        bo.Edit(6, "edited once").OrFail();
        await anas.WaitForSeqAsync(8);
        var kept = Redis.FileLength;

        bo.Post("lost", "m1");
        bo.Edit(4, "edited").OrFail();
        bo.Remove(5).OrFail();
        bo.Edit(6, "edited again").OrFail();
        bo.Edit(6, "edited a third time").OrFail();
        bo.React(3, "👍").OrFail();
        bo.Post("lost and removed");
        bo.Remove(15).OrFail();
        await anas.WaitForSeqAsync(16);
        ana.Rename("anna").OrFail();
        ana.NameRoom("a title").OrFail();
        var (cy, cys) = Here.Join(ana.Room, "cy");
        await bos.WaitForSeqAsync(19);
        LoseAfter(kept);

        Assert.Equal(20, cy.Post("goes on"));
        Assert.Equal(9, bo.Post("lost", "m1"));
        Assert.Equal(21, bo.Post("as ever"));
        foreach (var reader in new[] { anas, bos, cys }) await reader.WaitForSeqAsync(21);
        Assert.Equal(anas.Seqs, bos.Seqs);
        Assert.Equal([], anas.CloseReasons.Concat(bos.CloseReasons).Concat(cys.CloseReasons));
        using var next = NewServer();
        var found = next.Lobby.Find(ana.Room.Code)!;
        Assert.Equal((ana.Room.Epoch, "a title", 3), (found.Epoch, found.Info.Title, found.Members));
        var (dan, _) = next.Join(found, "dan");
        await anas.WaitForSeqAsync(22);
        Assert.Equal(await HistoryOfAsync(ana), await HistoryOfAsync(dan));
    }

    [Fact]
    public async Task ARoomThatHasJustBegunIsGivenBackWhole()
    {
        var kept = Redis.FileLength;
        var (ana, anas, _, bos) = await TalkAsync();
        ana.Post("hi");
        LoseAfter(kept);

        Assert.Equal(4, ana.Post("goes on"));
        await anas.WaitForSeqAsync(4);
        await bos.WaitForSeqAsync(4);
        using var next = NewServer();
        Assert.Equal(ana.Room.CreatedAt, next.Lobby.Find(ana.Room.Code)!.CreatedAt);
        Assert.Empty(anas.CloseReasons.Concat(bos.CloseReasons));
    }

    [Fact]
    public async Task WhatAReplicaThatIsPromotedDidNotHaveIsGivenBack()
    {
        using var primary = new RedisServer();
        var replica = primary.AddReplica();
        using var here = new TestLobby(redis: primary);
        using var there = new TestLobby(redis: primary);
        var (ana, anas) = here.Join(here.NewRoom(), "ana");
        var (bo, bos) = there.Join(there.Lobby.Find(ana.Room.Code)!, "bo");
        await Wait.UntilAsync(
            () => replica.Execute("HGET", $"{RoomKeys.ToFind(ana.Room.Code)[0]}", "seq") == "2", "the replica");
        replica.Execute("REPLICAOF", "NO", "ONE");      // it hears no more of it, and nobody knows yet
        await anas.WaitForSeqAsync(bo.Post("lost"));
        primary.Kill();
        await replica.PromoteAsync();

        Assert.Equal(4, ana.Post("goes on"));
        await bos.WaitForSeqAsync(4);
        Assert.Equal(["lost", "goes on"], bos.Texts);
        Assert.Empty(anas.CloseReasons.Concat(bos.CloseReasons));
        Assert.Equal("4", replica.Execute("HGET", $"{RoomKeys.ToFind(ana.Room.Code)[0]}", "seq"));
    }

    [Fact]
    public async Task ARoomThatWasClosedStaysClosed()
    {
        var (ana, _, _, bos) = await TalkAsync();
        var kept = Redis.FileLength;
        ana.CloseRoom().OrFail();
        await bos.WaitForCloseAsync(CloseReason.RoomClosed);
        LoseAfter(kept);

        await Wait.UntilAsync(
            () => !There.Lobby.Find($"{ana.Room.Code}").TryGet(out _, out var refusal)
                && refusal.Reason == Reason.RoomNotFound,
            "the room to be closed again");
    }

    [Fact]
    public async Task AServerThatKnowsOnlyTheLastOfItLeavesItToTheOther()
    {
        var (ana, anas, bo, bos) = await TalkAsync();
        bo.Post("kept");
        await anas.WaitForSeqAsync(3);
        var kept = Redis.FileLength;
        await anas.WaitForSeqAsync(bo.Post("lost"));
        using var late = NewServer();
        var (cy, cys) = late.Join(late.Lobby.Find(ana.Room.Code)!, "cy");
        await bos.WaitForSeqAsync(cy.Post("lost too"));
        LoseAfter(kept);

        Assert.Equal(7, cy.Post("goes on"));
        foreach (var reader in new[] { anas, bos, cys }) await reader.WaitForSeqAsync(7);
        Assert.Equal(anas.Events, bos.Events);
        Assert.Empty(cys.CloseReasons);
    }

    [Fact]
    public async Task WhatNobodyKnowsAnyMoreBeginsANewLife()
    {
        var (ana, anas, bo, bos) = await TalkAsync();
        bo.Post("kept");
        await anas.WaitForSeqAsync(3);
        var kept = Redis.FileLength;
        await anas.WaitForSeqAsync(bo.Post("lost"));
        Here.Dispose();
        There.Dispose();
        using var late = NewServer();
        var (cy, cys) = late.Join(late.Lobby.Find(ana.Room.Code)!, "cy");
        LoseAfter(kept);

        Assert.Equal(Reason.RoomNotFound, cy.Room.Post(cy, "to a life that has ended", null).Reason());
        await cys.WaitForCloseAsync(CloseReason.Restarted);
        var found = late.Lobby.Find(ana.Room.Code)!;
        Assert.NotEqual(ana.Room.Epoch, found.Epoch);
        var back = late.Return(bo, bos);
        Assert.Equal(4, back.Member.Post("goes on"));
        Assert.Equal([ana.Room.Code], late.Activities().OfType<LogLost>().Select(shown => shown.Room));
    }

    /// <summary>Whatever is appended sooner would take the place of what is lost.</summary>
    [Fact]
    public async Task NothingNewIsAppendedUntilAllHaveGivenBackWhatTheyKnow()
    {
        var (ana, _, bo, _) = await TalkAsync();
        using var slow = RedisServer.Connect(Redis.Setting);
        await Wait.UntilAsync(() => slow.HasCaughtUp, "a server that has just started");
        var reading = new TaskCompletionSource();
        slow.CatchUpAsync = () => reading.Task;
        Redis.Kill();
        Redis.Restart();

        var posted = bo.Room.PostAsync(bo, "waits", null).AsTask();
        await Task.Delay(3_000, TestContext.Current.CancellationToken);
        Assert.False(posted.IsCompleted);
        reading.SetResult();

        Assert.Equal(3, (await posted.Soon()).OrFail());
        Assert.Equal(4, ana.Post("as ever"));
    }

    [Fact]
    public async Task WhatTookThePlaceOfWhatWasLostBeginsANewLife()
    {
        var (ana, anas, bo, _) = await TalkAsync();
        var code = $"{ana.Room.Code}";
        var last = Redis.Execute("HGET", $"{{{code}}}:room", "last")!;
        await anas.WaitForSeqAsync(bo.Post("lost"));
        Redis.Execute("ZREMRANGEBYRANK", $"{{{code}}}:log", -1, -1);
        Redis.Execute("HSET", $"{{{code}}}:room", "seq", 2, "last", last);
        using var late = NewServer();
        late.Join(late.Lobby.Find(ana.Room.Code)!, "cy");

        Assert.Equal(Reason.RoomNotFound, ana.Room.Post(ana, "to a life that has ended", null).Reason());
        await anas.WaitForCloseAsync(CloseReason.Restarted);
    }

    private void LoseAfter(long fileLength)
    {
        Redis.KillAndLoseAfter(fileLength);
        Redis.Restart();
    }

    private static async Task<IEnumerable<string>> HistoryOfAsync(Member member)
    {
        var page = await member.Room.ReadAsync(member, after: null, TimeSpan.Zero, CancellationToken.None);
        return page.OrFail().Events.Select(read => $"{read.Seq} {StoredEntry.Write(read)}");
    }
}
