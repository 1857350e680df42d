using System.Net;
using System.Security.Claims;
using RoomChat.Accounts;
using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Accounts;

public sealed class SessionTests : IDisposable
{
    private const string Good = "correct horse", Better = "another horse";

    private readonly TestClock _clock = new();
    private readonly PasswordHashing _passwords = new();
    private readonly TestAccounts _accounts;

    public SessionTests() => _accounts = NewAccounts();

    [Fact]
    public async Task AChangedPasswordEndsAllOtherSessions()
    {
        var account = await AnaAsync();
        var (here, there) = (SessionClaims.Begin(account).ToPrincipal(), SessionClaims.Begin(account).ToPrincipal());
        var session = _accounts.Sessions.Recognize(here)!;
        var room = _accounts.Lobby.Create().OrFail();
        var stays = Join(room, new AccountIdentity(account.Name, session.Id));
        var leaves = Join(_accounts.Lobby.Create().OrFail(), new AccountIdentity(account.Name, "other"));

        (await _accounts.Authenticator.ChangePasswordAsync(session, Good, Better, IPAddress.Loopback)).OrFail();

        Assert.Null(_accounts.Sessions.Recognize(there));
        Assert.NotNull(_accounts.Sessions.Recognize(SessionClaims.Continue(session).ToPrincipal()));
        Assert.True(stays.Room.Recognize(stays.Seat).IsSuccess);
        Assert.False(leaves.Room.Recognize(leaves.Seat).IsSuccess);
        Assert.Equal(
            Reason.SignInFailed, (await _accounts.Authenticator.SignInAsync("ana", Good, IPAddress.Loopback)).Reason());
        (await _accounts.Authenticator.SignInAsync("ana", Better, IPAddress.Loopback)).OrFail();
    }

    [Fact]
    public async Task ChangingThePasswordNeedsTheOldPassword()
    {
        var account = await AnaAsync();
        var ticket = SessionClaims.Begin(account).ToPrincipal();
        var session = _accounts.Sessions.Recognize(ticket)!;

        Assert.Equal(
            Reason.SignInFailed,
            (
                await _accounts.Authenticator.ChangePasswordAsync(
                    session, "not the one", Better, IPAddress.Loopback)).Reason());
        Assert.Equal(
            Reason.PasswordInvalid,
            (await _accounts.Authenticator.ChangePasswordAsync(session, Good, "short", IPAddress.Loopback)).Reason());
        Assert.NotNull(_accounts.Sessions.Recognize(ticket));
    }

    [Fact]
    public async Task ASessionOutlivesARestartAndRestoresItsAccount()
    {
        var ticket = SessionClaims.Begin(await AnaAsync()).ToPrincipal();
        var after = NewAccounts();

        Assert.Equal("Ana", after.Sessions.Recognize(ticket)?.Account.Name.Shown);
        (await after.Authenticator.SignInAsync("ana", Good, IPAddress.Loopback)).OrFail();
    }

    [Fact]
    public async Task ASessionEndsWhenAnotherAccountHasTakenItsNameAfterARestart()
    {
        var ticket = SessionClaims.Begin(await AnaAsync()).ToPrincipal();
        var after = NewAccounts();
        var other = (await after.Authenticator.SignUpAsync("ana", Better, IPAddress.Loopback)).OrFail();

        Assert.Null(after.Sessions.Recognize(ticket));
        Assert.Same(other, after.Sessions.Recognize(SessionClaims.Begin(other).ToPrincipal())?.Account);
    }

    [Fact]
    public async Task APasswordChangedOnOneServerIsChangedOnAnotherOnceASessionArrivesThere()
    {
        var account = await AnaAsync();
        var old = SessionClaims.Begin(account);
        var another = NewAccounts();
        Assert.NotNull(another.Sessions.Recognize(old.ToPrincipal()));

        (
            await _accounts.Authenticator.ChangePasswordAsync(
                _accounts.Sessions.Recognize(old.ToPrincipal())!, Good, Better, IPAddress.Loopback)).OrFail();
        Assert.NotNull(another.Sessions.Recognize(SessionClaims.Begin(account).ToPrincipal()));

        Assert.Null(another.Sessions.Recognize(old.ToPrincipal()));
        (await another.Authenticator.SignInAsync("ana", Better, IPAddress.Loopback)).OrFail();
    }

    [Fact]
    public async Task EndingAHundredSessionsEndsEachOfThem()
    {
        var account = await AnaAsync();
        var kept = SessionClaims.Begin(account).ToPrincipal();
        for (var i = 0; i < 100; i++)
            _accounts.Sessions.SignOut(
                _accounts.Sessions.Recognize(SessionClaims.Begin(account).ToPrincipal())!);
        Assert.NotNull(_accounts.Sessions.Recognize(kept));

        _accounts.Sessions.SignOut(_accounts.Sessions.Recognize(SessionClaims.Begin(account).ToPrincipal())!);
        Assert.Null(_accounts.Sessions.Recognize(kept));
    }

    [Fact]
    public async Task EndedSessionsAreForgottenOnceTheyWouldHaveExpired()
    {
        var account = await AnaAsync();
        var kept = SessionClaims.Begin(account).ToPrincipal();
        for (var day = 0; day < 3; day++)
        {
            for (var i = 0; i < 60; i++)
                _accounts.Sessions.SignOut(
                    _accounts.Sessions.Recognize(SessionClaims.Begin(account).ToPrincipal())!);
            _clock.AdvanceSeconds(25 * 3600);
        }

        Assert.NotNull(_accounts.Sessions.Recognize(kept));
    }

    [Fact]
    public void AnInvalidTicketIsNotRecognized()
    {
        Assert.Null(_accounts.Sessions.Recognize(null));
        Assert.Null(_accounts.Sessions.Recognize(new ClaimsPrincipal()));
        Assert.Null(
            _accounts.Sessions.Recognize(
                new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, "ana")], "test"))));
        Assert.Equal(0, _accounts.Store.Count);
    }

    public void Dispose()
    {
        _accounts.Dispose();
        _passwords.Dispose();
    }

    private Member Join(Room room, AccountIdentity account) =>
        _accounts.Lobby.Join(room, new JoinAttempt($"{room.Code}", null, Account: account)).OrFail().Member;

    private TestAccounts NewAccounts() => new(new AccountSettings { AttemptsPerMinute = 0 }, _passwords, _clock);

    private async Task<Account> AnaAsync() =>
        (await _accounts.Authenticator.SignUpAsync("Ana", Good, IPAddress.Loopback)).OrFail();
}
