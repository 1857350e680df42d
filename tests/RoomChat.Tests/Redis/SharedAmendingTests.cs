using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Redis;

/// <summary>What is amended here is amended there, and overwritten in the log that both share.</summary>
public sealed class SharedAmendingTests : TwoServersTest
{
    [Fact]
    public async Task AnEditHereIsTheTextThereAndForTheNextServer()
    {
        var (ana, _, bo, bos) = await TalkAsync();
        var seq = ana.Post("frist", "m1");
        ana.Edit(seq, "fisrt").OrFail();
        await bos.WaitForSeqAsync(ana.Edit(seq, "first").OrFail());

        using var next = NewServer();
        foreach (var member in new[] { bo, next.Join(next.Lobby.Find(ana.Room.Code)!, "cy").Member })
        {
            var read = Read(member);
            Assert.Equal("first", read.Single(kept => kept.Seq == seq).Text);
            var amendments = read.Where(kept => kept.Of == seq).Select(kept => kept.Type);
            Assert.Equal([EventType.Superseded, EventType.Edited], amendments);
            Assert.DoesNotContain(read, kept => kept.Text is "frist" or "fisrt");
        }
    }

    [Fact]
    public async Task WhatIsTakenBackHereIsGoneThereAndFromTheLog()
    {
        var (ana, anas, bo, _) = await TalkAsync();
        var seq = ana.Post("hi", "m1");
        ana.Edit(seq, "ho").OrFail();
        await anas.WaitForSeqAsync(bo.React(seq, "👍").OrFail());
        await anas.WaitForSeqAsync(bo.React(seq, "🎉").OrFail());
        ana.Remove(seq).OrFail();
        await Wait.UntilAsync(() => Read(bo)[^1].Type == EventType.Removed, "bo's server to hear of it");

        using var next = NewServer();
        foreach (var member in new[] { ana, bo, next.Join(next.Lobby.Find(ana.Room.Code)!, "cy").Member })
        {
            var read = Read(member);
            Assert.All(read, kept => Assert.Null(kept.Text));
            Assert.DoesNotContain(read, kept => kept.Type is EventType.Reacted or EventType.Edited);
            Assert.True(read.Single(kept => kept.Seq == seq).IsStub);
            Assert.Equal(seq, member == ana ? ana.Post("again", "m1") : seq);
        }
    }

    [Fact]
    public async Task ReactionsAtOnceAreAllKept()
    {
        var (ana, anas, bo, bos) = await TalkAsync();
        var seq = ana.Post("hi");
        await bos.WaitForSeqAsync(seq);
        string[] marks = ["👍", "❤️", "😂", "🎉", "😮", "😢", "👎", "✅"];

        await Task.WhenAll(marks.SelectMany(mark => new[] { ana, bo }.Select(member =>
            Task.Run(() => member.React(seq, mark).OrFail()))));
        await Task.WhenAll(anas.WaitForSeqAsync(seq + 16), bos.WaitForSeqAsync(seq + 16));

        using var next = NewServer();
        foreach (var member in new[] { ana, bo, next.Join(next.Lobby.Find(ana.Room.Code)!, "cy").Member })
        {
            var kept = Read(member).Single(read => read.Seq == seq);
            Assert.Equal(marks.Order(), kept.MarkedBy!.Keys.Order());
            Assert.All(kept.MarkedBy.Values, numbers => Assert.Equal([1, 2], numbers.Order()));
        }
    }

    [Fact]
    public async Task AServerThatMissedItReadsWhatHasComeOfIt()
    {
        var (ana, anas, bo, bos) = await TalkAsync();
        Redis.Execute("CLIENT", "KILL", "TYPE", "pubsub");
        var edited = ana.Post("one");
        var removed = ana.Post("two");
        ana.Edit(edited, "eins").OrFail();
        ana.Remove(removed).OrFail();
        var last = ana.React(edited, "👍").OrFail();
        await anas.WaitForSeqAsync(last);
        await bos.WaitForSeqAsync(last);

        Assert.Equal(
            Read(ana).Select(read => (read.Seq, read.Type, read.Text, read.Of, read.EditedAt)),
            Read(bo).Select(read => (read.Seq, read.Type, read.Text, read.Of, read.EditedAt)));
        Assert.Equal(["ana"], Read(bo).Single(read => read.Seq == edited).Marks!["👍"]);
    }

    [Fact]
    public async Task NothingOfItIsInTheFilesOfRedisOnceItHasRewrittenThem()
    {
        using var redis = new RedisServer(appendFsync: "always");
        using var lobby = new TestLobby(redis: redis);
        var (ana, anas) = lobby.Join(lobby.NewRoom(), "ana");
        var (removed, edited) = (ana.Post("taken-back", "m1"), ana.Post("kept-at-first", "m2"));
        ana.Edit(removed, "edited-and-taken-back").OrFail();
        ana.Edit(edited, "edited-once").OrFail();
        ana.Edit(edited, "what-stays").OrFail();
        await anas.WaitForSeqAsync(ana.Remove(removed).OrFail());

        redis.Execute("SAVE");
        redis.Execute("BGREWRITEAOF");
        await Wait.UntilAsync(
            () => redis.Execute("INFO", "persistence") is { } info
                && info.Contains("aof_rewrite_in_progress:0", StringComparison.Ordinal)
                && info.Contains("aof_rewrite_scheduled:0", StringComparison.Ordinal),
            "the files to be rewritten");

        var files = redis.ReadFiles();
        Assert.Contains("what-stays", files, StringComparison.Ordinal);
        foreach (var gone in new[] { "taken-back", "kept-at-first", "edited-once" })
            Assert.DoesNotContain(gone, files, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ANewNameHereIsTheNameThere()
    {
        var (ana, _, bo, bos) = await TalkAsync();
        var seq = ana.Post("hi", "m1");
        await bos.WaitForSeqAsync(seq);
        Assert.Equal("anna", ana.Rename("anna").OrFail().Shown);
        await bos.WaitForSeqAsync(seq + 1);

        Assert.Equal(["anna", "bo"], There.Return(bo, bos).Users.Select(user => user.Name).Order());
        Assert.Equal(Reason.NameTaken, bo.Rename("Anna").Reason());
        using var next = NewServer();
        var back = next.Return(ana, new TestReader());
        Assert.Equal((1, "anna", 1), (back.Member.Who, back.Member.Name.Shown, back.Room.Owner));
        Assert.Equal(seq, back.Member.Post("again", "m1"));
    }

    [Fact]
    public async Task HowFarMembersHaveSeenIsToldThereAndToServersThatComeLater()
    {
        using var next = NewServer();
        var (ana, anas, bo, bos) = await TalkAsync();
        ana.Room.Seen(ana, 1).OrFail();
        bo.Room.Seen(bo, 2).OrFail();
        await WaitForSeenAsync("ana:1 bo:2", anas, bos);

        var (cy, cys) = next.Join(next.Lobby.Find(ana.Room.Code)!, "cy");
        cy.Room.Seen(cy, 3).OrFail();
        await WaitForSeenAsync("ana:1 bo:2 cy:3", cys);

        Task WaitForSeenAsync(string seen, params TestReader[] readers) => Wait.UntilAsync(
            () =>
            {
                foreach (var server in new[] { Here, There, next }) server.Clock.AdvanceSeconds(0.3);
                return readers.All(reader => reader.Seen == seen);
            },
            seen);
    }

    private static IReadOnlyList<RoomEvent> Read(Member member) =>
        member.Room.ReadAsync(member, 0, TimeSpan.Zero, TestContext.Current.CancellationToken).Result.OrFail().Events;
}
