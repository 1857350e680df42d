using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Rooms;

/// <summary>Who owns a room, and how the right passes on. Ana has joined first, then bo, then eve.</summary>
public sealed class OwnerTests : IDisposable
{
    private readonly TestLobby _lobby = new(new Limits { MessagesPerSecond = 0 });
    private readonly Room _room;
    private readonly Member _ana, _bo, _eve;
    private readonly TestReader _anas, _bos, _eves;

    public OwnerTests()
    {
        _room = _lobby.NewRoom();
        (_ana, _anas) = _lobby.Join(_room, "ana");
        (_bo, _bos) = _lobby.Join(_room, "bo");
        (_eve, _eves) = _lobby.Join(_room, "eve");
    }

    public void Dispose() => _lobby.Dispose();

    [Fact]
    public void MembersAreNumberedAndTheFirstOwnsTheRoom()
    {
        var joined = _lobby.Return(_bo, new TestReader());

        Assert.Equal([1, 2, 3], joined.Users.Select(user => user.Who));
        Assert.Equal(1, joined.Room.Owner);
        Assert.Equal(Reason.NotOwner, _bo.Lock().Reason());
    }

    [Fact]
    public async Task ANumberIsNeverGivenAgainNotEvenToANamesake()
    {
        _room.Leave(_eve).OrFail();
        var (again, reader) = _lobby.Join(_room, "eve");
        again.Post("hi");
        await reader.WaitForTextAsync("hi");

        Assert.Equal(4, again.Who);
        Assert.Equal(
            [(EventType.Joined, 3), (EventType.Left, 3), (EventType.Joined, 4), (EventType.Message, 4)],
            reader.Events.Where(line => line.From == "eve").Select(line => (line.Type, line.Who!.Value)));
    }

    [Fact]
    public async Task WhenTheOwnerLeavesWhoeverIsLongestThereOwnsTheRoomAtOnce()
    {
        _room.Leave(_ana).OrFail();
        await _bos.WaitForSeqAsync(5);

        var passed = _bos.Events[^1];
        Assert.Equal((EventType.Owner, "ana", 1, 2), (passed.Type, passed.From, passed.Who, passed.To?.Number));
        Assert.Equal(2, _room.Info.Owner);
        _bo.Lock().OrFail();
    }

    [Fact]
    [CoversSetting<Limits>(nameof(Limits.OwnerSeconds))]
    public async Task TheRightOfAnOwnerWhoDroppedWaitsFiveMinutes()
    {
        await DropAnaAsync();

        _lobby.Clock.AdvanceSeconds(268);
        Assert.Equal((1, Reason.NotOwner), (_room.Info.Owner, _bo.Lock().Reason()));
        _lobby.Clock.AdvanceSeconds(2.5);

        Assert.Equal(2, _room.Info.Owner);
        await _bos.WaitForSeqAsync(5);
        Assert.Equal((EventType.Owner, 2), (_bos.Events[^1].Type, _bos.Events[^1].To?.Number));
    }

    [Fact]
    public async Task AnOwnerWhoseSeatIsGoneHasTheRightBackWithTheSeat()
    {
        _ana.Lock().OrFail();
        await DropAnaAsync();

        var back = _lobby.Try(_room, "ana", seat: _ana.Seat).OrFail();
        await _bos.WaitForSeqAsync(7);

        Assert.Equal(4, back.Member.Who);
        Assert.Equal((EventType.Owner, 1, 4), (_bos.Events[^1].Type, _bos.Events[^1].Who, _bos.Events[^1].To?.Number));
        back.Member.Lock(isLocked: false).OrFail();
        Assert.Equal(Reason.NotOwner, _bo.Lock().Reason());
    }

    [Fact]
    public async Task ASeatThatHasLostTheRightIsWorthNothing()
    {
        await DropAnaAsync();
        _lobby.Clock.AdvanceSeconds(300);

        var back = _lobby.Try(_room, "ana", seat: _ana.Seat).OrFail();

        Assert.Equal(2, _room.Info.Owner);
        Assert.Equal(Reason.NotOwner, back.Member.Lock().Reason());
    }

    [Fact]
    public async Task ASeatThatWaitsLongerThanTheRightDoesKeepsItNoLonger()
    {
        using var lobby = new TestLobby(new Limits { SeatSeconds = 600 });
        var room = lobby.NewRoom();
        var (ana, anas) = lobby.Join(room, "ana");
        var (bo, _) = lobby.Join(room, "bo");
        await ana.WaitForReadAsync(2);
        await bo.WaitForReadAsync(2);
        room.Drop(ana, anas);

        lobby.Clock.AdvanceSeconds(299);
        Assert.Equal(1, room.Info.Owner);
        lobby.Clock.AdvanceSeconds(1.5);

        Assert.Equal((2, 2), (room.Info.Owner, room.Members));
    }

    [Fact]
    public void ARoomThatEverybodyHasLeftBelongsToWhoeverComesNext()
    {
        foreach (var member in new[] { _ana, _bo, _eve }) _room.Leave(member).OrFail();
        var (next, _) = _lobby.Join(_room, "next");

        Assert.Equal((4, 4), (next.Who, _room.Info.Owner));
    }

    [Fact]
    public async Task TheRightCanBeHandedToSomebody()
    {
        _ana.PassOwnership(3).OrFail();
        await _bos.WaitForSeqAsync(4);

        Assert.Equal((EventType.Owner, 1, 3), (_bos.Events[^1].Type, _bos.Events[^1].Who, _bos.Events[^1].To?.Number));
        Assert.Equal(Reason.NotOwner, _ana.Lock().Reason());
        Assert.Equal(Reason.BadRequest, _eve.PassOwnership(9).Reason());
        _eve.Lock().OrFail();
    }

    [Fact]
    public void NobodyOwnsADirectChat()
    {
        Name.TryParse("ana", 20, out var ana);
        Name.TryParse("bo", 20, out var bo);
        var room = _lobby.Lobby.OpenDirect(ana!, bo!).OrFail();
        var attempt = new JoinAttempt($"{room.Code}", null, Account: new AccountIdentity(ana!, "session"));
        var member = _lobby.Lobby.Join(room, attempt).OrFail().Member;

        Assert.Null(room.Info.Owner);
        Assert.Equal(Reason.NotOwner, member.CloseRoom().Reason());
    }

    [Fact]
    public async Task WhoeverIsRemovedIsToldAndTheSeatIsWorthNothing()
    {
        var held = _room.ReadAsync(_eve, 3, TimeSpan.FromSeconds(60), CancellationToken.None);
        _eve.Post("mine", "m1");
        await held;
        held = _room.ReadAsync(_eve, 4, TimeSpan.FromSeconds(60), CancellationToken.None);

        _ana.RemoveMember(3).OrFail();
        await _bos.WaitForSeqAsync(5);

        var left = _bos.Events[^1];
        Assert.Equal((EventType.Left, "eve", 3, 1), (left.Type, left.From, left.Who, left.By));
        await _eves.WaitForCloseAsync(CloseReason.Removed);
        Assert.Equal(Reason.NotInRoom, (await held.Soon()).Reason());
        Assert.Equal(Reason.NotInRoom, _room.Post(_eve, "mine", "m1").Reason());
        Assert.Equal(Reason.NotInRoom, _room.Recognize(_eve.Seat).Reason());
        Assert.Equal(4, _lobby.Try(_room, "eve", seat: _eve.Seat).OrFail().Member.Who);
    }

    [Fact]
    public void ALateRemovalHitsNobodyElse()
    {
        _room.Leave(_eve).OrFail();
        var (again, _) = _lobby.Join(_room, "eve");

        _ana.RemoveMember(3).OrFail();

        Assert.Same(again, _room.Recognize(again.Seat).OrFail());
        Assert.Equal(Reason.BadRequest, _ana.RemoveMember(1).Reason());
        Assert.Equal(Reason.BadRequest, _ana.RemoveMember(99).Reason());
    }

    [Fact]
    public void WhatTheOwnerDoesIsCountedAsMessagesAre()
    {
        using var lobby = new TestLobby(new Limits { MessageBurst = 2 });
        var (ana, _) = lobby.Join(lobby.NewRoom(), "ana");

        ana.Lock().OrFail();
        ana.NameRoom("ours").OrFail();

        Assert.Equal(Reason.RateLimited, ana.EndRoomIn(600).Reason());
        Assert.Equal(Reason.RateLimited, ana.SetPassphrase("open sesame").Reason());
    }

    private async Task DropAnaAsync()
    {
        var head = _room.ReadAsync(_bo, 0, TimeSpan.Zero, CancellationToken.None).Result.OrFail().Seq;
        foreach (var member in new[] { _ana, _bo, _eve }) await member.WaitForReadAsync(head);
        _room.Drop(_ana, _anas);
        _lobby.Clock.AdvanceSeconds(30.25);
        Assert.Equal(2, _room.Members);
        foreach (var member in new[] { _bo, _eve }) await member.WaitForReadAsync(head + 1);
    }
}
