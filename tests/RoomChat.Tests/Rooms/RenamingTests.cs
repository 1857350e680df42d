using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Rooms;

public sealed class RenamingTests : IDisposable
{
    private readonly TestLobby _lobby = new(new Limits { MessagesPerSecond = 0 });
    private readonly Room _room;
    private readonly Member _ana;
    private readonly TestReader _anas;

    public RenamingTests() => (_ana, _anas) = _lobby.Join(_room = _lobby.NewRoom(), "ana");

    [Fact]
    public async Task ANewNameIsAnEventAndTheSeatStays()
    {
        var (bo, _) = _lobby.Join(_room, "bo");
        Assert.Equal("Anna", _ana.Rename(" Anna ").OrFail().Shown);
        await _anas.WaitForSeqAsync(3);

        var renamed = _anas.Events[^1];
        Assert.Equal(
            (EventType.Renamed, "ana", "Anna", 1), (renamed.Type, renamed.From, renamed.To?.Name, renamed.Who));
        var joined = _lobby.Return(_ana, new TestReader());
        Assert.Equal((1, "Anna", 1), (joined.Member.Who, joined.Member.Name.Shown, joined.Room.Owner));
        Assert.Equal(["Anna", "bo"], joined.Users.Select(user => user.Name));
        Assert.Equal("Anna", EventOf(_ana.Post("hi")).From);
        _lobby.Join(_room, "ana");
        Assert.Equal(Reason.NameTaken, _ana.Rename("BO").Reason());
        Assert.Equal(Reason.NameTaken, bo.Rename("anna").Reason());
        Assert.Equal(Reason.NameInvalid, _ana.Rename("").Reason());
    }

    [Fact]
    public void TheSameNameIsNoEventAndAnotherCaseIs()
    {
        Assert.Equal("ana", _ana.Rename("ana").OrFail().Shown);
        Assert.Equal("ANA", _ana.Rename("ANA").OrFail().Shown);

        Assert.Equal(3, _ana.Post("hi"));
    }

    [Fact]
    public void AMessageSentAgainUnderANewNameIsTakenOnce()
    {
        var seq = _ana.Post("hi", "m1");
        _ana.Rename("anna").OrFail();

        Assert.Equal(seq, _ana.Post("again", "m1"));
        var (namesake, _) = _lobby.Join(_room, "ana");
        Assert.Equal(seq, namesake.Post("again", "m1"));
        Assert.NotEqual(seq, _lobby.Join(_room, "bo").Member.Post("another's", "m1"));
    }

    [Fact]
    public void AReservedNameIsNotForAGuest()
    {
        using var lobby = new TestLobby(reservedNames: new ReservedName("mara"));
        var (ana, _) = lobby.Join(lobby.NewRoom(), "ana");

        Assert.Equal(Reason.NameReserved, ana.Rename("Mara").Reason());
    }

    [Fact]
    public async Task TheOwnerPassesOnTheRightUnderTheNewName()
    {
        var (bo, _) = _lobby.Join(_room, "bo");
        _ana.Rename("anna").OrFail();
        _room.Leave(_ana).OrFail();

        await Wait.UntilAsync(() => _room.Info.Owner == bo.Who, "bo to own the room");
        Assert.Equal("anna", EventOf(5).From);
    }

    public void Dispose() => _lobby.Dispose();

    private RoomEvent EventOf(long seq)
    {
        var (reader, _) = _lobby.Join(_room, $"reader {seq}");
        return _room.ReadAsync(reader, seq - 1, TimeSpan.Zero, default).Result.OrFail().Events[0];
    }

    private sealed class ReservedName(string name) : IReservedNames
    {
        public ValueTask<Outcome<bool>> IsReservedAsync(Name asked) =>
            new(asked.Key == Name.KeyOf(name));
    }
}
