using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Redis;

/// <summary>What the owner does here holds there too.</summary>
public sealed class SharedOwnerTests : TwoServersTest
{
    [Fact]
    public async Task WhatTheOwnerSetsHoldsThereAndForTheNextServer()
    {
        var (ana, _, bo, bos) = await TalkAsync();
        ana.SetPassphrase("open sesame").OrFail();
        ana.NameRoom("lunch").OrFail();
        ana.EndRoomIn(600).OrFail();
        ana.Lock().OrFail();
        await bos.WaitForSeqAsync(6);

        using var next = NewServer();
        foreach (var room in new[] { bo.Room, next.Lobby.Find(ana.Room.Code)! })
            Assert.Equal(ana.Room.Info, room.Info);
        Assert.Equal(Reason.RoomLocked, There.Try(bo.Room, "eve").Reason());
        ana.Lock(isLocked: false).OrFail();
        await bos.WaitForSeqAsync(7);
        Assert.Equal(Reason.PassphraseWrong, There.Try(bo.Room, "eve", passphrase: "barley").Reason());
        There.Try(bo.Room, "eve", passphrase: "open sesame").OrFail();
        var kept = Redis.Execute("HGET", $"{{{ana.Room.Code}}}:room", "state")!;
        Assert.DoesNotContain("sesame", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoeverIsRemovedHereIsToldThere()
    {
        var (ana, anas, bo, bos) = await TalkAsync();

        ana.RemoveMember(bo.Who).OrFail();

        await bos.WaitForCloseAsync(CloseReason.Removed);
        Assert.Equal(Reason.NotInRoom, bo.Room.Post(bo, "still here?", null).Reason());
        await anas.WaitForSeqAsync(3);
    }

    [Fact]
    public async Task ARoomThatIsClosedHereIsGoneThere()
    {
        var (ana, anas, _, bos) = await TalkAsync();

        ana.CloseRoom().OrFail();

        await bos.WaitForCloseAsync(CloseReason.RoomClosed);
        await anas.WaitForCloseAsync(CloseReason.RoomClosed);
        Assert.Equal(Reason.RoomNotFound, There.Lobby.Find($"{ana.Room.Code}").Reason());
        Assert.Null(Redis.Execute("HGET", $"{{{ana.Room.Code}}}:room", "epoch"));
    }

    [Fact]
    public async Task TheRightOfAnOwnerWhoseServerIsGoneWaitsAndPassesOn()
    {
        var (_, _, bo, bos) = await TalkAsync();
        await bo.WaitForReadAsync(2);
        Here.Dispose();
        await There.WaitUntilGoneAsync(Here);

        There.Clock.AdvanceSeconds(0.5);
        There.Clock.AdvanceSeconds(31);
        await bo.WaitForReadAsync(3);
        Assert.Equal(Reason.NotOwner, bo.Lock().Reason());
        There.Clock.AdvanceSeconds(270);
        await bos.WaitForSeqAsync(4);

        Assert.Equal((EventType.Owner, bo.Who), (bos.Events[^1].Type, bos.Events[^1].To?.Number));
        bo.Lock().OrFail();
    }

    [Fact]
    public async Task OfTwoServersThatSeeTheRightPassOnOneSaysSo()
    {
        var (ana, anas, bo, bos) = await TalkAsync();
        ana.Room.Leave(ana).OrFail();
        await bos.WaitForSeqAsync(4);

        Assert.Equal((EventType.Owner, bo.Who), (bos.Events[^1].Type, bos.Events[^1].To?.Number));
        Here.Clock.AdvanceSeconds(1);
        There.Clock.AdvanceSeconds(1);
        bo.Lock().OrFail();
        await bos.WaitForSeqAsync(5);
        Assert.Equal([1, 2, 3, 4, 5], bos.Seqs.Union([1L]).Order());
        Assert.Empty(anas.CloseReasons);
    }
}
