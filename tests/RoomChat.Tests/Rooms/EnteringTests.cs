using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Rooms;

/// <summary>Whom a room lets in, and when it ends.</summary>
public sealed class EnteringTests : IDisposable
{
    private readonly TestLobby _lobby = new(new Limits { MessagesPerSecond = 0 });
    private readonly Room _room;
    private readonly Member _ana, _bo;
    private readonly TestReader _anas, _bos;

    public EnteringTests()
    {
        _room = _lobby.NewRoom();
        (_ana, _anas) = _lobby.Join(_room, "ana");
        (_bo, _bos) = _lobby.Join(_room, "bo");
    }

    public void Dispose() => _lobby.Dispose();

    [Fact]
    public async Task NobodyNewComesIntoALockedRoom()
    {
        _ana.Lock().OrFail();
        _ana.Lock().OrFail();
        await _bos.WaitForSeqAsync(3);

        Assert.Equal(Reason.RoomLocked, _lobby.Try(_room, "eve").Reason());
        Assert.Equal(Reason.RoomLocked, _lobby.Try(_room, "ana").Reason());
        Assert.True(_lobby.Return(_ana, new TestReader()).Room.Locked);
        _ana.Lock(isLocked: false).OrFail();
        _lobby.Try(_room, "eve").OrFail();
        await _bos.WaitForSeqAsync(5);
        Assert.Equal(
            [EventType.Locked, EventType.Unlocked, EventType.Joined],
            _bos.Events.Where(line => line.Seq > 2).Select(line => line.Type));
    }

    [Fact]
    public void TheLockFallsWithTheLastSeat()
    {
        _ana.Lock().OrFail();
        _room.Leave(_bo).OrFail();
        Assert.True(_room.Info.Locked);
        _room.Leave(_ana).OrFail();

        Assert.Null(_lobby.Try(_room, "eve").OrFail().Room.Locked);
    }

    [Fact]
    public void ANewcomerNeedsThePassphraseAndAMemberDoesNot()
    {
        _ana.SetPassphrase("open sesame").OrFail();

        Assert.Equal(Reason.PassphraseNeeded, _lobby.Try(_room, "eve").Reason());
        Assert.Equal(Reason.PassphraseWrong, _lobby.Try(_room, "eve", passphrase: "open barley").Reason());
        Assert.Equal(Reason.PassphraseNeeded, _lobby.Try(_room, "bo").Reason());
        _lobby.Return(_bo, new TestReader());
        _lobby.Try(_room, "eve", passphrase: "open sesame").OrFail();
        _ana.SetPassphrase(null).OrFail();
        _lobby.Try(_room, "dan").OrFail();
    }

    [Fact]
    public async Task APassphraseIsInNoEvent()
    {
        _ana.SetPassphrase("open sesame").OrFail();
        _ana.SetPassphrase(null).OrFail();
        await _bos.WaitForSeqAsync(4);

        Assert.Equal(
            [true, false], _bos.Events.Where(line => line.Type == EventType.Passphrase).Select(line => line.On));
        Assert.DoesNotContain("sesame", string.Concat(_bos.Events), StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", string.Concat(_lobby.Activities()), StringComparison.Ordinal);
    }

    [Fact]
    public void APassphraseIsOneToSixtyFourCharacters()
    {
        foreach (var wrong in new[] { "", "\uD800", new string('x', 65) })
            Assert.Equal(Reason.PassphraseInvalid, _ana.SetPassphrase(wrong).Reason());
        _ana.SetPassphrase(string.Concat(Enumerable.Repeat("🔑", 64))).OrFail();
    }

    [Fact]
    public async Task ARoomIsNamed()
    {
        _ana.NameRoom("  Tuesday lunch ").OrFail();
        await _bos.WaitForSeqAsync(3);

        Assert.Equal((EventType.Titled, "Tuesday lunch"), (_bos.Events[^1].Type, _bos.Events[^1].Text));
        Assert.Equal("Tuesday lunch", _lobby.Return(_bo, new TestReader()).Room.Title);
        foreach (var wrong in new[] { " ", "two\nlines", new string('x', 61) })
            Assert.Equal(Reason.TitleInvalid, _ana.NameRoom(wrong).Reason());
        _ana.NameRoom(null).OrFail();
        Assert.Null(_room.Info.Title);
    }

    [Fact]
    public async Task ARoomEndsWhenItsOwnerHasSaid()
    {
        Assert.Equal(Reason.BadRequest, _ana.EndRoomIn(299).Reason());
        Assert.Equal(Reason.BadRequest, _ana.EndRoomIn(7 * 24 * 3600 + 1).Reason());
        _ana.EndRoomIn(300).OrFail();
        var endsAt = _room.Info.EndsAt;
        await _bos.WaitForSeqAsync(3);
        await _ana.WaitForReadAsync(3);
        await _bo.WaitForReadAsync(3);
        Assert.Equal((EventType.Ends, endsAt), (_bos.Events[^1].Type, _bos.Events[^1].EndsAt));
        Assert.Equal(_lobby.Clock.GetUtcNow().AddSeconds(300), endsAt);

        _lobby.Clock.AdvanceSeconds(299);
        Assert.Empty(_bos.CloseReasons);
        _lobby.Clock.AdvanceSeconds(1.25);

        await _bos.WaitForCloseAsync(CloseReason.RoomClosed);
        await _anas.WaitForCloseAsync(CloseReason.RoomClosed);
        Assert.Equal(Reason.RoomNotFound, _lobby.Lobby.Find($"{_room.Code}").Reason());
    }

    [Fact]
    public void ARoomThatIsToStayAfterAllDoesNotEnd()
    {
        _ana.EndRoomIn(300).OrFail();
        _ana.EndRoomIn(null).OrFail();

        _lobby.Clock.AdvanceSeconds(5);
        Assert.Null(_room.Info.EndsAt);
        _lobby.Clock.AdvanceSeconds(400);

        Assert.Equal(2, _room.Members);
    }

    [Fact]
    public async Task AClosedRoomIsGoneAtOnceForEverybody()
    {
        var held = _room.ReadAsync(_bo, 2, TimeSpan.FromSeconds(60), CancellationToken.None);
        Assert.Equal(Reason.NotOwner, _bo.CloseRoom().Reason());

        _ana.CloseRoom().OrFail();

        await _bos.WaitForCloseAsync(CloseReason.RoomClosed);
        await _anas.WaitForCloseAsync(CloseReason.RoomClosed);
        Assert.Equal(Reason.NotInRoom, (await held.Soon()).Reason());
        Assert.Equal(Reason.RoomNotFound, _lobby.Lobby.Find($"{_room.Code}").Reason());
        Assert.Equal(Reason.RoomNotFound, _lobby.Try(_room, "ana", seat: _ana.Seat).Reason());
        Assert.Equal((0, 0L), (_lobby.Lobby.Members, _lobby.Lobby.Bytes));
        Assert.Contains(_lobby.Activities(), line => line is RoomClosed { By: "ana" });
    }
}
