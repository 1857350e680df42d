using System.Net;
using System.Security.Claims;
using RoomChat.Accounts;
using RoomChat.Rooms;
using RoomChat.Tests.Support;
using RoomChat.Web;

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
        var session = (await _accounts.RecognizeAsync(here))!;
        var room = _accounts.Lobby.Create().OrFail();
        var stays = Join(room, new AccountIdentity(account.Name, session.Id));
        var leaves = Join(_accounts.Lobby.Create().OrFail(), new AccountIdentity(account.Name, "other"));

        (await _accounts.Authenticator.ChangePasswordAsync(session, Good, Better, IPAddress.Loopback)).OrFail();

        Assert.Null(await _accounts.RecognizeAsync(there));
        Assert.NotNull(await _accounts.RecognizeAsync(here));
        Assert.NotNull(await _accounts.RecognizeAsync(SessionClaims.Continue(session).ToPrincipal()));
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
        var session = (await _accounts.RecognizeAsync(ticket))!;

        Assert.Equal(
            Reason.SignInFailed,
            (
                await _accounts.Authenticator.ChangePasswordAsync(
                    session, "not the one", Better, IPAddress.Loopback)).Reason());
        Assert.Equal(
            Reason.PasswordInvalid,
            (await _accounts.Authenticator.ChangePasswordAsync(session, Good, "short", IPAddress.Loopback)).Reason());
        Assert.NotNull(await _accounts.RecognizeAsync(ticket));
    }

    [Fact]
    public async Task TheSessionThatChangedThePasswordEndsWhenAnotherChangesItAgain()
    {
        var first = await SessionAsync(await AnaAsync());
        (await ChangeAsync(first, Good, Better)).OrFail();
        var second = await SessionAsync(
            (await _accounts.Authenticator.SignInAsync("ana", Better, IPAddress.Loopback)).OrFail());
        (await ChangeAsync(second, Better, Good)).OrFail();

        Assert.Null(await _accounts.RecognizeAsync(SessionClaims.Continue(first).ToPrincipal()));
        Assert.NotNull(await _accounts.RecognizeAsync(SessionClaims.Continue(second).ToPrincipal()));
    }

    [Fact]
    public async Task OfTwoWhoChangeThePasswordAtOnceOneSucceeds()
    {
        var account = await AnaAsync();
        var sessions = new[] { await SessionAsync(account), await SessionAsync(account) };

        var outcomes = await Task.WhenAll(
            sessions.Select((session, i) => Task.Run(() => ChangeAsync(session, Good, $"{Better} {i}"))));

        Assert.Single(outcomes, outcome => outcome.IsSuccess);
        Assert.Contains(Reason.SignInFailed, outcomes.Where(outcome => !outcome.IsSuccess).Select(o => o.Reason()));
    }

    [Fact]
    public async Task ASessionEndsWithTheServerThatKeepsTheAccount()
    {
        var ticket = SessionClaims.Begin(await AnaAsync()).ToPrincipal();
        using var after = NewAccounts();
        Assert.Null(await after.RecognizeAsync(ticket));

        var other = (await after.Authenticator.SignUpAsync("ana", Better, IPAddress.Loopback)).OrFail();
        Assert.Null(await after.RecognizeAsync(ticket));
        Assert.NotNull(await after.RecognizeAsync(SessionClaims.Begin(other).ToPrincipal()));
    }

    [Fact]
    public async Task EndingAHundredSessionsEndsEachOfThem()
    {
        var account = await AnaAsync();
        var kept = SessionClaims.Begin(account).ToPrincipal();
        for (var i = 0; i < 100; i++)
            await SignInAndOutAsync(account);
        Assert.NotNull(await _accounts.RecognizeAsync(kept));

        await SignInAndOutAsync(account);
        Assert.Null(await _accounts.RecognizeAsync(kept));
    }

    [Fact]
    public async Task EndedSessionsAreForgottenOnceTheyWouldHaveExpired()
    {
        var account = await AnaAsync();
        var kept = SessionClaims.Begin(account).ToPrincipal();
        for (var day = 0; day < 3; day++)
        {
            for (var i = 0; i < 60; i++)
                await SignInAndOutAsync(account);
            _clock.AdvanceSeconds(25 * 3600);
        }

        Assert.NotNull(await _accounts.RecognizeAsync(kept));
    }

    [Fact]
    public async Task AnInvalidTicketIsNotRecognized()
    {
        await AnaAsync();
        foreach (var principal in (ClaimsPrincipal?[])
            [null, new(), Saying(new Claim(ClaimTypes.NameIdentifier, "ana")),
                new SessionClaims("ana", "").ToPrincipal(), new SessionClaims("bo", "session").ToPrincipal()])
            Assert.Null(await _accounts.RecognizeAsync(principal));
    }

    public void Dispose()
    {
        _accounts.Dispose();
        _passwords.Dispose();
    }

    private Member Join(Room room, AccountIdentity account) =>
        _accounts.Lobby.Join(room, new JoinAttempt($"{room.Code}", null, Account: account)).OrFail().Member;

    private static ClaimsPrincipal Saying(Claim claim) => new(new ClaimsIdentity([claim], "test"));

    private async Task<Session> SessionAsync(Account account) =>
        (await _accounts.RecognizeAsync(SessionClaims.Begin(account).ToPrincipal()))!;

    private async Task SignInAndOutAsync(Account account) =>
        (await _accounts.Sessions.SignOutAsync(await SessionAsync(account))).OrFail();

    private Task<Outcome<Account>> ChangeAsync(Session session, string password, string newPassword) =>
        _accounts.Authenticator.ChangePasswordAsync(session, password, newPassword, IPAddress.Loopback);

    private TestAccounts NewAccounts() =>
        new(new AccountSettings { AttemptsPerMinute = 0 }, _passwords, _clock, RedisServer.OfThisRun?.SettingApart);

    private async Task<Account> AnaAsync() =>
        (await _accounts.Authenticator.SignUpAsync("Ana", Good, IPAddress.Loopback)).OrFail();
}
