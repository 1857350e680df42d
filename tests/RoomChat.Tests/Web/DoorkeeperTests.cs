using System.Net;
using RoomChat.Rooms;
using RoomChat.Tests.Support;
using RoomChat.Web;

namespace RoomChat.Tests.Web;

public sealed class DoorkeeperTests : IDisposable
{
    private static readonly IPAddress Here = IPAddress.Parse("203.0.113.1"), There = IPAddress.Parse("203.0.113.2");
    private static readonly Limits Limits = new() { RoomsPerMinute = 3, JoinsPerMinute = 3, GuessesPerMinute = 10 };

    private readonly TestLobby _lobby = new(Limits);
    private readonly Doorkeeper _doors;
    private readonly string _live;

    public DoorkeeperTests()
    {
        _doors = new Doorkeeper(_lobby.Lobby, Limits, _lobby.Clock);
        _live = $"{_lobby.NewRoom().Code}";
    }

    [Fact]
    public void TheEleventhDifferentUnknownCodeInAMinuteWaits()
    {
        for (var n = 0; n < 10; n++) Assert.Equal(Reason.RoomNotFound, _doors.Find(Here, $"00000{n}").Reason());

        var refusal = _doors.Find(Here, "00000A").Refusal();

        Assert.Equal(Reason.RateLimited, refusal.Reason);
        Assert.Equal(TimeSpan.FromMinutes(1), refusal.RetryAfter);
        _lobby.Clock.AdvanceSeconds(60);
        Assert.Equal(Reason.RoomNotFound, _doors.Find(Here, "00000A").Reason());
    }

    [Fact]
    public void WhoGuessedTooMuchIsNotToldOfLiveRoomsEither()
    {
        Guess(10);

        Assert.Equal(Reason.RateLimited, _doors.Find(Here, _live).Reason());
        Assert.Equal(Reason.RateLimited, _doors.Join(Here, new JoinRequest(_live, "eve")).Reason());
        Assert.Equal(Reason.RateLimited, _doors.Reopen(Here, _live, null, out _).Reason());
        Assert.Equal(Reason.RateLimited, _doors.Recognize(Here, _live, "no seat").Reason());
    }

    [Fact]
    public void PeopleAtOtherAddressesDoNotWait()
    {
        Guess(10);

        _doors.Find(There, _live).OrFail();
        Assert.Equal(Reason.RoomNotFound, _doors.Find(There, "00000A").Reason());
    }

    [Fact]
    public void ALiveSeatThatReturnsDoesNotWait()
    {
        var ana = _doors.Join(Here, new JoinRequest(_live, "ana")).OrFail().Member;
        var current = _doors.Join(Here, new JoinRequest(_live, "bo"), new TestReader()).OrFail().Member;
        Guess(10);

        Assert.Same(ana, _doors.Join(Here, new JoinRequest(_live, null, ana.Seat), new TestReader()).OrFail().Member);
        Assert.Same(current, _doors.Join(Here, new JoinRequest(_live, null), new TestReader(), current).OrFail().Member);
        Assert.Same(ana, _doors.Recognize(Here, _live, ana.Seat).OrFail());
    }

    [Fact]
    public void TwoHundredThatAskForTheSameDeadCodeDoNotWait()
    {
        for (var n = 0; n < 200; n++)
        {
            Assert.Equal(Reason.RoomNotFound, _doors.Join(Here, new JoinRequest("000000", $"tab {n}")).Reason());
            _lobby.Clock.AdvanceSeconds(0.1);
        }
        Guess(9, first: 1);

        Assert.Equal(Reason.RoomNotFound, _doors.Find(Here, "000000").Reason());
    }

    [Fact]
    public void ACodeThatCannotBeOneIsNoGuess()
    {
        for (var n = 0; n < 100; n++) Assert.Equal(Reason.RoomNotFound, _doors.Find(Here, $"<{n}>").Reason());

        _doors.Find(Here, _live).OrFail();
    }

    [Fact]
    public void ADirectChatOfOthersIsAsUnknownAsNone()
    {
        Name.TryParse("ana", 20, out var ana);
        Name.TryParse("eve", 20, out var eve);
        var codes = Enumerable.Range(0, 10).Select(n => { Name.TryParse($"bo {n}", 20, out var bo); return _lobby.Lobby.OpenDirect(ana!, bo!).OrFail().Code; }).ToList();
        foreach (var code in codes) Assert.Equal(Reason.RoomNotFound, _doors.Join(Here, new JoinRequest($"{code}", "eve", Owner: new Owner(eve!, "s"))).Reason());

        Assert.Equal(Reason.RateLimited, _doors.Find(Here, _live, eve).Reason());
    }

    [Fact]
    public void RoomsAreCountedByWhoMakesThem()
    {
        _doors.Create(Here).OrFail();
        _doors.Reopen(Here, "000000", null, out _).OrFail();
        Name.TryParse("ana", 20, out var ana);
        Name.TryParse("bo", 20, out var bo);
        Name.TryParse("cy", 20, out var cy);
        _doors.OpenDirect(Here, ana!, bo!).OrFail();

        Assert.Equal(Reason.RateLimited, _doors.Create(Here).Reason());
        Assert.Equal(Reason.RateLimited, _doors.Reopen(Here, "000001", null, out _).Reason());
        Assert.Equal(Reason.RateLimited, _doors.OpenDirect(Here, ana!, cy!).Reason());
        _doors.Create(There).OrFail();
    }

    [Fact]
    public void ARoomThatLivesIsNotMadeAndNotCounted()
    {
        Name.TryParse("ana", 20, out var ana);
        Name.TryParse("bo", 20, out var bo);
        _doors.OpenDirect(Here, ana!, bo!).OrFail();
        for (var n = 0; n < 10; n++)
        {
            _doors.Reopen(Here, _live, null, out _).OrFail();
            _doors.OpenDirect(Here, bo!, ana!).OrFail();
        }
        _doors.Create(Here).OrFail();
        _doors.Create(Here).OrFail();
    }

    [Fact]
    public void JoinsAreCountedButReturnsAreNot()
    {
        var ana = _doors.Join(Here, new JoinRequest(_live, "ana")).OrFail().Member;
        _doors.Join(Here, new JoinRequest(_live, "bo")).OrFail();
        Assert.Equal(Reason.NameTaken, _doors.Join(Here, new JoinRequest(_live, "bo")).Reason());

        Assert.Equal(Reason.RateLimited, _doors.Join(Here, new JoinRequest(_live, "cy")).Reason());
        for (var n = 0; n < 100; n++) _doors.Join(Here, new JoinRequest(_live, null, ana.Seat)).OrFail();
        _doors.Join(There, new JoinRequest(_live, "cy")).OrFail();
    }

    [Fact]
    public void ZeroIsNoLimit()
    {
        var limits = new Limits { RoomsPerMinute = 0, JoinsPerMinute = 0, GuessesPerMinute = 0, MembersPerRoom = 0 };
        var doors = new Doorkeeper(_lobby.Lobby, limits, _lobby.Clock);
        for (var n = 0; n < 500; n++)
        {
            doors.Create(Here).OrFail();
            doors.Join(Here, new JoinRequest(_live, $"member {n}")).OrFail();
            doors.Find(Here, $"{n:000000}");
        }
    }

    public void Dispose() => _lobby.Dispose();

    private void Guess(int many, int first = 0)
    {
        for (var n = first; n < first + many; n++) Assert.Equal(Reason.RoomNotFound, _doors.Find(Here, $"00000{n}").Reason());
    }
}
