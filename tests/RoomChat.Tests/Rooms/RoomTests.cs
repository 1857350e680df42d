using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Rooms;

public sealed class RoomTests : IDisposable
{
    private readonly TestLobby _lobby = new();
    private readonly Room _room, _other;
    private readonly Member _ana;
    private readonly TestReader _reader;

    public RoomTests()
    {
        (_room, _other) = (_lobby.NewRoom(), _lobby.NewRoom());
        (_ana, _reader) = _lobby.Join(_room, "ana");
    }

    [Fact]
    public async Task ANewMemberIsOnTheRosterAndInTheTranscript()
    {
        _lobby.Clock.AdvanceSeconds(1);
        var joined = _lobby.Try(_room, "bo").OrFail();

        Assert.Equal(2, joined.Seq);
        Assert.False(joined.HasGap);
        Assert.Equal(
            [("ana", _room.CreatedAt), ("bo", _room.CreatedAt.AddSeconds(1))],
            joined.Users.Select(user => (user.Name, user.Since)));
        await _reader.WaitForSeqAsync(2);
        Assert.Equal((EventType.Joined, "bo"), (_reader.Events[^1].Type, _reader.Events[^1].From));
    }

    [Fact]
    public async Task EveryBatchNamesTheEpochOfItsRoom()
    {
        await _reader.WaitForSeqAsync(_ana.Post("hi"));

        Assert.All(_reader.Batches, batch => Assert.Equal(_room.Epoch, batch.Epoch));
        Assert.NotEqual(_room.Epoch, _other.Epoch);
    }

    [Fact]
    public void ANameIsFreeAgainOnceItsHolderHasLeft()
    {
        Assert.Equal(Reason.NameTaken, _lobby.Try(_room, "ana").Reason());

        _room.Leave(_ana).OrFail();

        Assert.Equal("ana", _lobby.Try(_room, "ana").OrFail().Member.Name.Shown);
    }

    [Fact]
    public void ANameIsHeldInItsRoomOnly() => Assert.NotSame(_ana, _lobby.Join(_other, "ana").Member);

    [Fact]
    public async Task AJoinElsewhereLeavesTheFirstRoom()
    {
        var (_, bos) = _lobby.Join(_room, "bo");

        _lobby.Try(_other, "ana", _reader, current: _ana).OrFail();

        await bos.WaitForSeqAsync(4);
        Assert.Equal(
            [EventType.Left, EventType.Owner], bos.Events.Where(line => line.Seq > 2).Select(line => line.Type));
        Assert.Equal((1, 1), (_room.Members, _other.Members));
        Assert.Equal(2, _lobby.Lobby.Members);
    }

    [Fact]
    public async Task ARefusedJoinElsewhereLeavesTheFirstRoomAsItWas()
    {
        _lobby.Join(_other, "ana");

        Assert.Equal(Reason.NameTaken, _lobby.Try(_other, "ana", _reader, current: _ana).Reason());
        Assert.Equal(Reason.NameInvalid, _lobby.Try(_other, "", _reader, current: _ana).Reason());
        Assert.Equal(Reason.RoomNotFound, _lobby.Lobby.Join(new JoinAttempt("000000", "ana"), _reader, _ana).Reason());

        await _reader.WaitForSeqAsync(_ana.Post("still here"));
        Assert.Equal([1, 2], _reader.Seqs);
        Assert.Empty(_reader.CloseReasons);
    }

    [Fact]
    public async Task TakingAnotherSeatInTheSameRoomLeavesTheOwnSeat()
    {
        var (bo, bos) = _lobby.Join(_room, "bo");
        await bos.WaitForSeqAsync(2);

        var joined = _lobby.Try(_room, null, _reader, bo.Seat, current: _ana).OrFail();

        Assert.Same(bo, joined.Member);
        Assert.Equal([CloseReason.Replaced], bos.CloseReasons);
        Assert.Equal(1, _room.Members);
    }

    [Fact]
    public async Task AMemberWhoHasLeftReceivesNothingMore()
    {
        var (bo, bos) = _lobby.Join(_room, "bo");
        await bo.WaitForReadAsync(2);
        _room.Leave(bo).OrFail();

        await _reader.WaitForSeqAsync(_ana.Post("gone?"));
        Assert.Equal([1, 2], bos.Seqs);
    }

    [Fact]
    public void AClosedRoomRefusesJoins()
    {
        _room.Leave(_ana).OrFail();
        _lobby.Clock.AdvanceSeconds(new Limits().EmptyRoomSeconds + 1);

        Assert.Equal(
            Reason.RoomNotFound, _lobby.Lobby.Join(_room, new JoinAttempt(null, "bo"), new TestReader()).Reason());
    }

    public void Dispose() => _lobby.Dispose();
}
