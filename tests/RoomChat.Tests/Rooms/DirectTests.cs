using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Rooms;

public sealed class DirectTests : IDisposable
{
    private static readonly Name Ana = Called("Ana"), Bo = Called("bo"), Cy = Called("cy");

    private readonly TestLobby _lobby = new(new Limits { EmptyRoomSeconds = 60, SeatSeconds = 30 });

    [Fact]
    public void ADirectChatIsTheSameRoomFromEitherSide()
    {
        var room = Open(Ana, Bo);

        Assert.Same(room, Open(Bo, Ana));
        Assert.Same(room, Open(Called("ANA"), Called("BO")));
        Assert.NotSame(room, Open(Ana, Cy));
        Assert.Equal("Ana", room.Pair!.Inviter.Shown);
    }

    [Fact]
    public async Task ADirectChatOpenedFromBothSidesAtOnceIsOneRoom()
    {
        var rooms = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(i => Task.Run(() => i % 2 == 0 ? Open(Ana, Bo) : Open(Bo, Ana))));

        Assert.Single(rooms.Distinct());
        Assert.Equal(1, _lobby.Lobby.Rooms);
    }

    [Fact]
    public void TheTwoMembersAlwaysJoinUnderTheirAccountNames()
    {
        var room = Open(Ana, Bo);

        var ana = Join(room, Ana, name: null).OrFail();
        var bo = Join(room, Bo, name: "somebody else").OrFail();

        Assert.Equal(["Ana", "bo"], bo.Users.Select(user => user.Name));
        Assert.All(bo.Users, user => Assert.True(user.Registered));
        Assert.True(ana.Member.IsRegistered);
        Assert.Equal(Reason.NameInvalid, ana.Member.Rename("Anna").Reason());
    }

    [Fact]
    public void UnderADeadCodeOfADirectChatNothingIsMade()
    {
        var code = Open(Ana, Bo).Code.ToString();
        _lobby.Clock.AdvanceSeconds(61);
        Assert.Equal(0, _lobby.Lobby.Rooms);

        Assert.Equal(Reason.RoomNotFound, _lobby.Lobby.Reopen(code).Reason());
        Assert.Equal(Reason.RoomNotFound, _lobby.Lobby.Reopen(code, Ana).Reason());
        Assert.Equal(0, _lobby.Lobby.Rooms);
    }

    [Fact]
    public void OnlyItsTwoMembersFindADirectChatByItsCode()
    {
        var room = Open(Ana, Bo);
        var code = room.Code.ToString();
        var seat = Join(room, Ana).OrFail().Member.Seat;

        Assert.Equal(Reason.RoomNotFound, Join(room, Cy).Reason());
        Assert.Equal(Reason.RoomNotFound, Join(room, null, "dee").Reason());
        Assert.Equal(Reason.RoomNotFound, Join(room, null, "Ana").Reason());
        Assert.Equal(Reason.RoomNotFound, _lobby.Lobby.Find(code).Reason());
        Assert.Equal(Reason.RoomNotFound, _lobby.Lobby.Find(code, Cy).Reason());
        Assert.Equal(Reason.RoomNotFound, _lobby.Lobby.Reopen(code, Cy).Reason());
        Assert.Equal(Reason.RoomNotFound, _lobby.Lobby.Recognize(code, new string('0', 32)).Reason());

        Assert.Same(room, _lobby.Lobby.Find(code, Bo).OrFail());
        Assert.Same(room, _lobby.Lobby.Reopen(code, Bo).OrFail());
        Assert.Equal("Ana", _lobby.Lobby.Recognize(code, seat).OrFail().Name.Shown);
    }

    [Fact]
    public void ADirectChatIsKeptWhileEitherHasASeatAndThenAsLongAsAnEmptyRoom()
    {
        var room = Open(Ana, Bo);
        var member = Join(room, Ana).OrFail().Member;
        _lobby.Clock.AdvanceSeconds(300);
        Assert.Same(room, Open(Bo, Ana));

        room.Leave(member);
        _lobby.Clock.AdvanceSeconds(59);
        Assert.Equal([room], _lobby.Lobby.DirectChatsOf(Bo));

        _lobby.Clock.AdvanceSeconds(62);
        Assert.Empty(_lobby.Lobby.DirectChatsOf(Bo));
        Assert.NotSame(room, Open(Ana, Bo));
    }

    [Fact]
    public void OpeningADirectChatAgainKeepsTheRoomLonger()
    {
        var room = Open(Ana, Bo);
        _lobby.Clock.AdvanceSeconds(59.5);
        Open(Ana, Bo);
        _lobby.Clock.AdvanceSeconds(30);

        Assert.Equal([room], _lobby.Lobby.DirectChatsOf(Ana));
    }

    [Fact]
    public async Task TheHistoryOfADirectChatRemainsAfterAChatWithAnother()
    {
        var withBo = Open(Ana, Bo);
        var ana = Join(withBo, Ana).OrFail().Member;
        ana.Post("to bo");
        var withCy = Open(Ana, Cy);
        var elsewhere = _lobby.Lobby.Join(
            new JoinAttempt($"{withCy.Code}", null, Account: new AccountIdentity(Ana, "s")),
            new TestReader(),
            ana).OrFail().Member;
        elsewhere.Post("to cy");
        _lobby.Clock.AdvanceSeconds(30);

        var reader = new TestReader();
        _lobby.Lobby.Join(
            new JoinAttempt($"{Open(Ana, Bo).Code}", null, Account: new AccountIdentity(Ana, "s")),
            reader,
            elsewhere).OrFail();

        await reader.WaitForTextAsync("to bo");
        Assert.Equal(["to bo"], reader.Texts);
    }

    [Fact]
    public void AnAccountSeesOnlyItsOwnChats()
    {
        var withBo = Open(Ana, Bo);
        var withCy = Open(Cy, Ana);

        Assert.Equivalent(new[] { withBo, withCy }, _lobby.Lobby.DirectChatsOf(Ana));
        Assert.Equal([withBo], _lobby.Lobby.DirectChatsOf(Bo));
        Assert.Equal("Ana", withBo.Pair!.OtherThan(Bo).Shown);
        Assert.Equal("bo", withBo.Pair.OtherThan(Ana).Shown);
    }

    [Fact]
    public void ADirectChatCountsAsARoom()
    {
        using var small = new TestLobby(new Limits { Rooms = 1 });
        small.Lobby.OpenDirect(Ana, Bo).OrFail();

        Assert.Equal(Reason.ServerFull, small.Lobby.OpenDirect(Ana, Cy).Reason());
        Assert.Equal(Reason.ServerFull, small.Lobby.Create().Reason());
        small.Lobby.OpenDirect(Bo, Ana).OrFail();
    }

    public void Dispose() => _lobby.Dispose();

    private static Name Called(string name) =>
        Name.TryParse(name, 20, out var parsed) ? parsed : throw new ArgumentException(name);

    private Room Open(Name from, Name with) => _lobby.Lobby.OpenDirect(from, with).OrFail();

    private Outcome<Joined> Join(Room room, Name? account, string? name = null) =>
        _lobby.Lobby.Join(
            new JoinAttempt($"{room.Code}", name, Account: account is null ? null : new AccountIdentity(account, "s")),
            new TestReader());
}
