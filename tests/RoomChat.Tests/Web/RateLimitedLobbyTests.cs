using System.Net;
using RoomChat.Rooms;
using RoomChat.Tests.Support;
using RoomChat.Web;

namespace RoomChat.Tests.Web;

public sealed class RateLimitedLobbyTests : IDisposable
{
    private static readonly IPAddress Here = IPAddress.Parse("203.0.113.1"), There = IPAddress.Parse("203.0.113.2");
    private static readonly Limits Limits = new() { RoomsPerMinute = 3, JoinsPerMinute = 3, GuessesPerMinute = 10 };

    private readonly TestLobby _lobby = new(Limits);
    private readonly PasswordHashing _passwords = new();
    private readonly RateLimitedLobby _limited;
    private readonly string _live;

    public RateLimitedLobbyTests()
    {
        _limited = new RateLimitedLobby(_lobby.Lobby, _passwords, Limits, _lobby.Clock);
        _live = $"{_lobby.NewRoom().Code}";
    }

    [Fact]
    public void WhatCannotBeAskedIsNotAGuess()
    {
        using var lobby = new Lobby(Limits, _lobby.Clock, _lobby.Activity, reservedNames: null, new AwayStore());
        var limited = new RateLimitedLobby(lobby, _passwords, Limits, _lobby.Clock);

        for (var i = 0; i < 2 * Limits.GuessesPerMinute; i++)
            Assert.Equal(Reason.Unavailable, limited.Find(Here, $"{Code.New()}").Reason());
    }

    [Fact]
    public void TheEleventhDifferentUnknownCodeInAMinuteIsRateLimited()
    {
        for (var n = 0; n < 10; n++) Assert.Equal(Reason.RoomNotFound, _limited.Find(Here, $"00000{n}").Reason());

        var refusal = _limited.Find(Here, "00000A").Refusal();

        Assert.Equal(Reason.RateLimited, refusal.Reason);
        Assert.Equal(TimeSpan.FromMinutes(1), refusal.RetryAfter);
        _lobby.Clock.AdvanceSeconds(60);
        Assert.Equal(Reason.RoomNotFound, _limited.Find(Here, "00000A").Reason());
    }

    [Fact]
    public void ARateLimitedGuesserIsNotToldOfLiveRoomsEither()
    {
        Guess(10);

        Assert.Equal(Reason.RateLimited, _limited.Find(Here, _live).Reason());
        Assert.Equal(Reason.RateLimited, _limited.Join(Here, new JoinAttempt(_live, "eve")).Reason());
        Assert.Equal(Reason.RateLimited, _limited.Reopen(Here, _live).Reason());
        Assert.Equal(Reason.RateLimited, _limited.Recognize(Here, _live, "no seat").Reason());
    }

    [Fact]
    public async Task APassphraseIsGuessedNoFasterThanACode()
    {
        var limits = new Limits { JoinsPerMinute = 0, GuessesPerMinute = 10 };
        var limited = new RateLimitedLobby(_lobby.Lobby, _passwords, limits, _lobby.Clock);
        var (ana, _) = _lobby.Join(_lobby.Lobby.Find(_live).OrFail(), "ana");
        (await limited.SetPassphraseAsync(Here, ana, "sesame")).OrFail();
        async Task<Outcome<Joined>> JoinAsync(IPAddress client, string name, string passphrase) =>
            await limited.JoinAsync(client, new JoinRoomRequest(_live, name, Passphrase: passphrase), account: null);
        async Task<Reason> GuessAsync(IPAddress client, string passphrase) =>
            (await JoinAsync(client, "eve", passphrase)).Reason();

        for (var n = 0; n < 10; n++) Assert.Equal(Reason.PassphraseWrong, await GuessAsync(Here, $"guess {n}"));
        Assert.Equal(Reason.RateLimited, await GuessAsync(Here, "sesame"));
        Assert.Equal(Reason.RateLimited, await GuessAsync(There, "sesame"));    // the room was guessed at as often

        _lobby.Clock.AdvanceSeconds(6);
        (await JoinAsync(There, "bo", "sesame")).OrFail();
        (await JoinAsync(There, "cy", "sesame")).OrFail();                      // who knows it does not guess
        Assert.Equal(Reason.PassphraseWrong, await GuessAsync(There, ana.Room.PassphraseHash!));
    }

    [Fact]
    public void OtherAddressesAreNotRateLimited()
    {
        Guess(10);

        _limited.Find(There, _live).OrFail();
        Assert.Equal(Reason.RoomNotFound, _limited.Find(There, "00000A").Reason());
    }

    /// <summary>One who has 65,536 addresses, against a server that is full of rooms.</summary>
    [Fact]
    public void ASiteFindsLessThanOneRoomADayByGuessing()
    {
        var limits = new Limits();
        var guesses = new GuessLimiter(_lobby.Clock, limits.GuessesPerMinute);
        var made = 0;
        for (var minute = 0; minute < 60; minute++)
        {
            for (var n = 0; n < 500; n++)
                if (guesses.TryTake(Site((minute * 500) + n), Code.New(), isGuess: true) is null) made++;
            _lobby.Clock.AdvanceSeconds(60);
        }

        const double CodesOfRooms = 31 * 32.0 * 32 * 32 * 32 * 32;
        Assert.Equal(60 * 4 * limits.GuessesPerMinute, made);
        Assert.InRange(24 * made * limits.Rooms / CodesOfRooms, 0, 1);
    }

    [Fact]
    public void ASiteMakesFourTimesAsManyRoomsAsAnAddress()
    {
        var made = Enumerable.Range(0, 100).Count(n => _limited.Create(Site(n)).IsSuccess);

        Assert.Equal(4 * Limits.RoomsPerMinute, made);
        _limited.Create(IPAddress.Parse("2001:db8:2::")).OrFail();
    }

    [Fact]
    public void NoNetworkHasMoreThanAQuarterOfAllRooms()
    {
        var limits = new Limits { Rooms = 20, RoomsPerMinute = 30, EmptyRoomSeconds = 60 };
        using var lobby = new TestLobby(limits);
        var limited = new RateLimitedLobby(lobby.Lobby, _passwords, limits, lobby.Clock);
        for (var n = 0; n < 5; n++) limited.Create(Here).OrFail();

        Assert.Equal(Reason.ServerFull, limited.Create(Here).Reason());
        Assert.Equal(Reason.ServerFull, limited.Reopen(Here, "K7M2QX").Reason());
        limited.Create(There).OrFail();
        lobby.Clock.AdvanceSeconds(120);
        limited.Create(Here).OrFail();
    }

    [Fact]
    public void AReturnToALiveSeatIsNotRateLimited()
    {
        var ana = _limited.Join(Here, new JoinAttempt(_live, "ana")).OrFail().Member;
        var current = _limited.Join(Here, new JoinAttempt(_live, "bo"), new TestReader()).OrFail().Member;
        Guess(10);

        Assert.Same(ana, _limited.Join(Here, new JoinAttempt(_live, null, ana.Seat), new TestReader()).OrFail().Member);
        Assert.Same(
            current, _limited.Join(Here, new JoinAttempt(_live, null), new TestReader(), current).OrFail().Member);
        Assert.Same(ana, _limited.Recognize(Here, _live, ana.Seat).OrFail());
    }

    [Fact]
    public void TwoHundredJoinsWithTheSameClosedCodeAreNotRateLimited()
    {
        for (var n = 0; n < 200; n++)
        {
            Assert.Equal(Reason.RoomNotFound, _limited.Join(Here, new JoinAttempt("000000", $"tab {n}")).Reason());
            _lobby.Clock.AdvanceSeconds(0.1);
        }
        Guess(9, first: 1);

        Assert.Equal(Reason.RoomNotFound, _limited.Find(Here, "000000").Reason());
    }

    [Fact]
    public void AnInvalidCodeIsNotCountedAsAGuess()
    {
        for (var n = 0; n < 100; n++) Assert.Equal(Reason.RoomNotFound, _limited.Find(Here, $"<{n}>").Reason());

        _limited.Find(Here, _live).OrFail();
    }

    [Fact]
    public void ADirectChatOfOthersCountsAsAnUnknownCode()
    {
        Name.TryParse("ana", 20, out var ana);
        Name.TryParse("eve", 20, out var eve);
        var codes = Enumerable.Range(0, 10)
            .Select(n =>
            {
                Name.TryParse($"bo {n}", 20, out var bo);
                return _lobby.Lobby.OpenDirect(ana!, bo!).OrFail().Code;
            })
            .ToList();
        foreach (var code in codes)
            Assert.Equal(
                Reason.RoomNotFound,
                _limited.Join(
                    Here, new JoinAttempt($"{code}", "eve", Account: new AccountIdentity(eve!, "s"))).Reason());

        Assert.Equal(Reason.RateLimited, _limited.Find(Here, _live, eve).Reason());
    }

    [Fact]
    public void CreatedRoomsAreCountedByAddress()
    {
        _limited.Create(Here).OrFail();
        _limited.Reopen(Here, "000000").OrFail();
        Name.TryParse("ana", 20, out var ana);
        Name.TryParse("bo", 20, out var bo);
        Name.TryParse("cy", 20, out var cy);
        _limited.OpenDirect(Here, ana!, bo!).OrFail();

        Assert.Equal(Reason.RateLimited, _limited.Create(Here).Reason());
        Assert.Equal(Reason.RateLimited, _limited.Reopen(Here, "000001").Reason());
        Assert.Equal(Reason.RateLimited, _limited.OpenDirect(Here, ana!, cy!).Reason());
        _limited.Create(There).OrFail();
    }

    [Fact]
    public void ReopeningAnOpenRoomIsNotCounted()
    {
        Name.TryParse("ana", 20, out var ana);
        Name.TryParse("bo", 20, out var bo);
        _limited.OpenDirect(Here, ana!, bo!).OrFail();
        for (var n = 0; n < 10; n++)
        {
            _limited.Reopen(Here, _live).OrFail();
            _limited.OpenDirect(Here, bo!, ana!).OrFail();
        }
        _limited.Create(Here).OrFail();
        _limited.Create(Here).OrFail();
    }

    [Fact]
    public void JoinsAreCountedButReturnsAreNot()
    {
        var ana = _limited.Join(Here, new JoinAttempt(_live, "ana")).OrFail().Member;
        _limited.Join(Here, new JoinAttempt(_live, "bo")).OrFail();
        Assert.Equal(Reason.NameTaken, _limited.Join(Here, new JoinAttempt(_live, "bo")).Reason());

        Assert.Equal(Reason.RateLimited, _limited.Join(Here, new JoinAttempt(_live, "cy")).Reason());
        for (var n = 0; n < 100; n++) _limited.Join(Here, new JoinAttempt(_live, null, ana.Seat)).OrFail();
        _limited.Join(There, new JoinAttempt(_live, "cy")).OrFail();
    }

    [Fact]
    public void ZeroIsNoLimit()
    {
        var limits = new Limits { RoomsPerMinute = 0, JoinsPerMinute = 0, GuessesPerMinute = 0, MembersPerRoom = 0 };
        var doors = new RateLimitedLobby(_lobby.Lobby, _passwords, limits, _lobby.Clock);
        for (var n = 0; n < 500; n++)
        {
            doors.Create(Here).OrFail();
            doors.Join(Here, new JoinAttempt(_live, $"member {n}")).OrFail();
            doors.Find(Here, $"{n:000000}");
        }
    }

    [Fact]
    public void AJoinWithoutARoomOrAfterANegativeSeqIsABadRequest()
    {
        Assert.Equal(Reason.BadRequest, _limited.Join(Here, new JoinAttempt(null, "ana")).Reason());
        Assert.Equal(Reason.BadRequest, _limited.Join(Here, new JoinAttempt(_live, "ana", After: -1)).Reason());
        Assert.Equal(Reason.BadRequest, _limited.Reopen(Here, null).Reason());
        Assert.Equal(0, _lobby.Lobby.Members);
    }

    public void Dispose()
    {
        _lobby.Dispose();
        _passwords.Dispose();
    }

    private void Guess(int many, int first = 0)
    {
        for (var n = first; n < first + many; n++)
            Assert.Equal(Reason.RoomNotFound, _limited.Find(Here, $"00000{n}").Reason());
    }

    /// <summary>An address in another /64 each time, of the same /48.</summary>
    private static IPAddress Site(int n) => IPAddress.Parse($"2001:db8:1:{(n * 257) & 0xFFFF:x}::");
}
