using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Rooms;

public sealed class SeatTests : IDisposable
{
    private readonly TestLobby _lobby = new(
        new Limits { History = 3, ReplaySeconds = 10, SeatSeconds = 30, AwaySeconds = 5 });
    private readonly Room _room;
    private readonly Member _ana, _bo;
    private readonly TestReader _anas, _bos;

    public SeatTests()
    {
        _room = _lobby.NewRoom();
        (_ana, _anas) = _lobby.Join(_room, "ana");
        (_bo, _bos) = _lobby.Join(_room, "bo");
    }

    [Fact]
    public async Task AReturnAfterSeq7ReceivesSeq8()
    {
        for (var i = 3; i <= 7; i++) _bo.Post($"{i}");
        await _anas.WaitForSeqAsync(7);
        _room.Drop(_ana, _anas);
        _bo.Post("8");

        var back = new TestReader();
        var joined = _lobby.Return(_ana, back, after: 7);
        await back.WaitForSeqAsync(8);

        Assert.Equal([8], back.Seqs);
        Assert.Equal(8, joined.Seq);
        Assert.False(joined.HasGap);
    }

    [Fact]
    public async Task AReturnKeepsTheMemberAndIsNotAnnounced()
    {
        _room.Drop(_ana, _anas);
        var joined = _lobby.Return(_ana, new TestReader(), after: 2);

        await _bos.WaitForSeqAsync(_ana.Post("back"));

        Assert.Same(_ana, joined.Member);
        Assert.Equal(["ana", "bo"], joined.Users.Select(user => user.Name));
        Assert.Equal([1, 2, 3], _bos.Seqs);
    }

    [Fact]
    public async Task AReturnWithNothingMissedReceivesNothingOld()
    {
        var back = new TestReader();
        _lobby.Return(_ana, back, after: 2);

        await back.WaitForSeqAsync(_bo.Post("new"));

        Assert.Equal([3], back.Seqs);
    }

    [Fact]
    public async Task AReloadReceivesTheHistoryAgain()
    {
        _bo.Post("hi");
        var back = new TestReader();

        Assert.False(_lobby.Return(_ana, back).HasGap);
        await back.WaitForSeqAsync(3);

        Assert.Equal([1, 2, 3], back.Seqs);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("another life")]
    public async Task ASeqWithoutItsEpochIsIgnored(string? epoch)
    {
        _bo.Post("hi");
        var back = new TestReader();

        Assert.False(_lobby.Try(_room, null, back, _ana.Seat, epoch, after: 2).OrFail().HasGap);
        await back.WaitForSeqAsync(3);

        Assert.Equal([1, 2, 3], back.Seqs);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(long.MaxValue)]
    public async Task ASeqBeyondTheHeadIsIgnored(long after)
    {
        var back = new TestReader();

        Assert.False(_lobby.Return(_ana, back, after).HasGap);
        await back.WaitForSeqAsync(2);

        Assert.Equal([1, 2], back.Seqs);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("someone else")]
    [InlineData("bo")]
    [InlineData("\u200B")]
    public void OnALiveSeatTheNameIsIgnored(string? name)
    {
        var joined = _lobby.Try(_room, name, seat: _ana.Seat).OrFail();

        Assert.Equal("ana", joined.Member.Name.Shown);
        Assert.Equal(2, _room.Members);
    }

    [Fact]
    public async Task AReturnReplacesTheConnectionBefore()
    {
        await _anas.WaitForSeqAsync(2);
        var back = new TestReader();
        _lobby.Return(_ana, back, after: 2);

        Assert.Equal([CloseReason.Replaced], _anas.CloseReasons);
        await back.WaitForSeqAsync(_bo.Post("hi"));
        Assert.DoesNotContain(3, _anas.Seqs);
        Assert.Empty(back.CloseReasons);
    }

    [Fact]
    public async Task ALateDropOfAReplacedConnectionChangesNothing()
    {
        var back = new TestReader();
        _lobby.Return(_ana, back, after: 2);
        _room.Drop(_ana, _anas);

        await back.WaitForSeqAsync(_bo.Post("hi"));
        await _bo.WaitForReadAsync(3);
        await _ana.WaitForReadAsync(3);
        _lobby.Clock.AdvanceSeconds(31);

        Assert.Equal(2, _room.Members);
        Assert.DoesNotContain(_lobby.Activities(), activity => activity is MemberDropped);
    }

    [Fact]
    public async Task JoiningTheSameRoomAgainIsAReturn()
    {
        var back = new TestReader();
        var joined = _lobby.Try(_room, "another name", back, current: _ana).OrFail();
        await back.WaitForSeqAsync(2);

        Assert.Same(_ana, joined.Member);
        Assert.Equal(2, joined.Seq);
        Assert.Equal(2, _room.Members);
    }

    [Fact]
    public void AReturnOnTheSameConnectionDoesNotReplaceTheConnection()
    {
        _lobby.Try(_room, "ana", _anas, current: _ana).OrFail();

        Assert.Empty(_anas.CloseReasons);
    }

    [Fact]
    [CoversSetting<Limits>(nameof(Limits.SeatSeconds))]
    public async Task AMemberWhoDoesNotReturnInTimeLeaves()
    {
        await ReadAllAsync(2);
        _room.Drop(_ana, _anas);

        _lobby.Clock.AdvanceSeconds(29);
        Assert.Equal(2, _room.Members);
        _lobby.Clock.AdvanceSeconds(1.25);

        Assert.Equal(1, _room.Members);
        await _bos.WaitForSeqAsync(3);
        Assert.Equal((EventType.Left, "ana"), (_bos.Events[^1].Type, _bos.Events[^1].From));
    }

    [Fact]
    public async Task TheTimeOfASeatCountsFromTheSilenceOfItsConnection()
    {
        await ReadAllAsync(2);
        _anas.Silence = TimeSpan.FromSeconds(12);
        _room.Drop(_ana, _anas);

        _lobby.Clock.AdvanceSeconds(17.5);
        Assert.Equal(2, _room.Members);
        _lobby.Clock.AdvanceSeconds(0.75);

        Assert.Equal(1, _room.Members);
    }

    [Fact]
    [CoversSetting<Limits>(nameof(Limits.AwaySeconds))]
    public async Task AnAwayMemberLeavesSooner()
    {
        await ReadAllAsync(2);
        _room.Away(_ana).OrFail();
        _room.Drop(_ana, _anas);

        _lobby.Clock.AdvanceSeconds(4.5);
        Assert.Equal(2, _room.Members);
        _lobby.Clock.AdvanceSeconds(0.75);

        Assert.Equal(1, _room.Members);
    }

    [Fact]
    public async Task AnAwayMemberLeavesThoughTheConnectionStays()
    {
        await ReadAllAsync(2);
        _room.Away(_ana).OrFail();

        _lobby.Clock.AdvanceSeconds(5.25);

        Assert.Equal(1, _room.Members);
    }

    [Fact]
    public async Task AMemberWhoReturnsIsNotAway()
    {
        await ReadAllAsync(2);
        _room.Away(_ana).OrFail();
        _room.Drop(_ana, _anas);
        _lobby.Return(_ana, new TestReader(), after: 2);

        _lobby.Clock.AdvanceSeconds(60);

        Assert.Equal(2, _room.Members);
    }

    [Fact]
    public async Task AMemberWhoWritesIsNotAway()
    {
        _room.Away(_ana).OrFail();
        await ReadAllAsync(_ana.Post("still here"));

        _lobby.Clock.AdvanceSeconds(60);

        Assert.Equal(2, _room.Members);
    }

    [Fact]
    public async Task AMemberWhoWritesAndThenLosesTheConnectionHasTheFullTimeOfASeat()
    {
        _room.Away(_ana).OrFail();
        await ReadAllAsync(_ana.Post("still here"));
        _room.Drop(_ana, _anas);

        _lobby.Clock.AdvanceSeconds(29);

        Assert.Equal(2, _room.Members);
    }

    [Fact]
    public void AMemberWhoLeavesIsGoneAtOnce()
    {
        _room.Leave(_ana).OrFail();

        Assert.Equal(1, _room.Members);
        Assert.Equal(Reason.NotInRoom, _room.Post(_ana, "hi", null).Reason());
        Assert.Equal(Reason.NotInRoom, _room.Typing(_ana).Reason());
        Assert.Equal(Reason.NotInRoom, _room.Away(_ana).Reason());
        Assert.Equal(Reason.NotInRoom, _room.Leave(_ana).Reason());
    }

    [Fact]
    public void AJoinWithAnExpiredSeatIsThatOfANewcomer()
    {
        _room.Leave(_ana).OrFail();

        var again = _lobby.Try(_room, "ana", seat: _ana.Seat, epoch: _room.Epoch, after: 2).OrFail();

        Assert.NotSame(_ana, again.Member);
        Assert.NotEqual(_ana.Seat, again.Member.Seat);
        Assert.False(again.HasGap);
    }

    [Fact]
    public void AJoinWithAnExpiredSeatNeedsAFreeName()
    {
        _room.Leave(_ana).OrFail();

        Assert.Equal(Reason.NameTaken, _lobby.Try(_room, "bo", seat: _ana.Seat).Reason());
        Assert.Equal(Reason.NameInvalid, _lobby.Try(_room, null, seat: _ana.Seat).Reason());
    }

    [Fact]
    public void AJoinWithAnExpiredSeatIsToldOfTheGap()
    {
        _room.Leave(_ana).OrFail();
        foreach (var text in new[] { "one", "two", "three", "four" }) _bo.Post(text);

        Assert.True(_lobby.Try(_room, "ana", seat: _ana.Seat, epoch: _room.Epoch, after: 2).OrFail().HasGap);
        Assert.False(_lobby.Try(_room, "anna", seat: _ana.Seat, epoch: _room.Epoch, after: 5).OrFail().HasGap);
        Assert.False(_lobby.Try(_room, "hannah", seat: _ana.Seat, epoch: "another life", after: 2).OrFail().HasGap);
    }

    [Fact]
    public void ASeatOfAnotherRoomIsNotRecognized()
    {
        var other = _lobby.NewRoom();

        Assert.Equal(Reason.NameInvalid, _lobby.Try(other, null, seat: _ana.Seat).Reason());
    }

    [Fact]
    public void NoTwoSeatsAreTheSame()
    {
        Assert.Matches("^[0-9a-f]{32}$", _ana.Seat);
        Assert.NotEqual(_ana.Seat, _bo.Seat);
    }

    [Fact]
    public async Task AMemberWhoResendsIsNotAway()
    {
        var room = _lobby.NewRoom();
        var (ana, _) = _lobby.Join(room, "ana");
        await ana.WaitForReadAsync(ana.Post("hi", "m1"));
        room.Away(ana).OrFail();
        ana.Post("hi", "m1");
        _lobby.Clock.AdvanceSeconds(6);
        Assert.Equal(1, room.Members);
    }

    public void Dispose() => _lobby.Dispose();

    private async Task ReadAllAsync(long seq)
    {
        await _ana.WaitForReadAsync(seq);
        await _bo.WaitForReadAsync(seq);
    }
}
