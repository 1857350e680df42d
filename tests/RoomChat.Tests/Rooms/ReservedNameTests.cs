using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Rooms;

public sealed class ReservedNameTests : IDisposable
{
    private readonly Book _book = new();
    private readonly TestLobby _lobby;
    private readonly Room _room;
    private readonly Name _ana;

    public ReservedNameTests()
    {
        _lobby = new TestLobby(reservedNames: _book);
        _room = _lobby.NewRoom();
        _ana = Parse("Ana");
    }

    [Theory]
    [InlineData("Ana")]
    [InlineData("aNA ")]
    public void AGuestCannotTakeAReservedName(string typed)
    {
        _book.Reserve(_ana);

        Assert.Equal(Reason.NameReserved, Join(typed).Reason());
        Join("bo").OrFail();
    }

    [Fact]
    public async Task TheOwnerIsMarkedAsRegisteredOnTheRosterAndOnItsMessages()
    {
        _book.Reserve(_ana);
        var (guest, reader) = _lobby.Join(_room, "bo");

        var joined = Join("ana", _ana).OrFail();
        joined.Member.Post("it is me");
        guest.Post("hello");

        await reader.WaitForTextAsync("hello");
        Assert.Equal(["bo", "Ana"], joined.Users.Select(user => user.Name));
        Assert.Equal([null, true], joined.Users.Select(user => user.Registered));
        Assert.Equal(
            [("bo", null), ("Ana", true), ("Ana", true), ("bo", null)],
            reader.Events.Select(line => (line.From, line.Registered)));
    }

    [Fact]
    public void AnAccountThatGivesNoNameJoinsUnderItsOwn() =>
        Assert.Equal("Ana", Join(null, _ana).OrFail().Member.Name.Shown);

    [Fact]
    public void AnAccountThatAsksForAnotherNameIsAGuestUnderIt()
    {
        var joined = Join("bo", _ana).OrFail();

        Assert.Equal("bo", joined.Member.Name.Shown);
        Assert.False(joined.Member.IsRegistered);
    }

    [Fact]
    public async Task AGuestWhoHoldsTheNameKeepsItUntilTheOwnerComesAndThenEverythingButTheName()
    {
        var (guest, reader) = _lobby.Join(_room, "ana");
        _book.Reserve(_ana);
        guest.Post("still me");
        Assert.Same(guest, _lobby.Return(guest, reader).Member);

        var owner = Join("ana", _ana).OrFail();

        Assert.True(owner.Member.IsRegistered);
        Assert.Equal(["Ana 2", "Ana"], owner.Users.Select(user => user.Name));
        Assert.Equal(1, owner.Room.Owner);
        await reader.WaitForSeqAsync(4);
        Assert.Equal(
            (EventType.Renamed, "ana", 1, "Ana 2", true),
            (reader.Events[^2].Type, reader.Events[^2].From, reader.Events[^2].Who, reader.Events[^2].To!.Name,
                reader.Events[^2].Reserved));
        guest.Edit(2, "edited").OrFail();
        guest.Lock().OrFail();
        Assert.Same(guest, _lobby.Return(guest, new TestReader()).Member);
        guest.Rename("anna").OrFail();
        Assert.Equal([CloseReason.Replaced], reader.CloseReasons);
    }

    [Fact]
    public void TheNameThatAGuestIsGivenIsNobodysAndNotTooLong()
    {
        var name = Parse("Ana of the long name");
        _lobby.Join(_room, name.Shown);
        _lobby.Join(_room, "Ana of the long na 2");
        _book.Reserve(name);
        _book.Reserve(Parse("Ana of the long na 3"));

        Assert.Equal(
            ["Ana of the long na 4", "Ana of the long na 2", name.Shown],
            Join(null, name).OrFail().Users.Select(user => user.Name));
    }

    [Fact]
    public void AlsoAGuestWhoLooksLikeTheNameGivesItUp()
    {
        var account = Parse("Bob1");
        _lobby.Join(_room, "B0bl");
        _book.Reserve(account);

        Assert.Equal(["Bob1 2", "Bob1"], Join(null, account).OrFail().Users.Select(user => user.Name));
    }

    [Fact]
    public void ARefusedOwnerTakesNoName()
    {
        var (guest, _) = _lobby.Join(_room, "ana");
        _book.Reserve(_ana);
        guest.Lock().OrFail();

        Assert.Equal(Reason.RoomLocked, Join("ana", _ana).Reason());
        Assert.Equal("ana", guest.Name.Shown);
    }

    [Fact]
    public void AnOwnerOnAnotherDeviceTakesOverTheSameSeat()
    {
        var laptop = new TestReader();
        var first = Join(null, _ana, laptop).OrFail().Member;
        var phone = new TestReader();

        var second = Join("ana", _ana, phone).OrFail().Member;

        Assert.Same(first, second);
        Assert.Equal([CloseReason.Replaced], laptop.CloseReasons);
        Assert.Empty(phone.CloseReasons);
        Assert.Equal(1, _room.Members);
    }

    public void Dispose() => _lobby.Dispose();

    private static Name Parse(string typed) =>
        Name.TryParse(typed, 20, out var name) ? name : throw new InvalidOperationException();

    private Outcome<Joined> Join(string? name, Name? account = null, TestReader? reader = null) =>
        _lobby.Lobby.Join(
            new JoinAttempt($"{_room.Code}", name, Account: account is null ? null : new AccountIdentity(account, "s")),
            reader ?? new TestReader());

    private sealed class Book : IReservedNames
    {
        private readonly HashSet<string> _keys = [];

        public void Reserve(Name name) => _keys.Add(name.Key);

        public ValueTask<Outcome<bool>> IsReservedAsync(Name name) => new(_keys.Contains(name.Key));
    }
}
