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
        var session = await _accounts.BeginAsync(account);
        var (here, there) = (TicketOf(session), TicketOf(await _accounts.BeginAsync(account)));
        var room = _accounts.Lobby.Create().OrFail();
        var stays = Join(room, new AccountIdentity(account.Name, session.Id));
        var leaves = Join(_accounts.Lobby.Create().OrFail(), new AccountIdentity(account.Name, "other"));

        (await _accounts.Authenticator.ChangePasswordAsync(session, Good, Better, IPAddress.Loopback)).OrFail();

        Assert.Null(await _accounts.RecognizeAsync(there));
        Assert.NotNull(await _accounts.RecognizeAsync(here));
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
        var session = await _accounts.BeginAsync(account);

        Assert.Equal(
            Reason.SignInFailed,
            (
                await _accounts.Authenticator.ChangePasswordAsync(
                    session, "not the one", Better, IPAddress.Loopback)).Reason());
        Assert.Equal(
            Reason.PasswordInvalid,
            (await _accounts.Authenticator.ChangePasswordAsync(session, Good, "short", IPAddress.Loopback)).Reason());
        Assert.NotNull(await _accounts.RecognizeAsync(TicketOf(session)));
    }

    [Fact]
    public async Task TheSessionThatChangedThePasswordEndsWhenAnotherChangesItAgain()
    {
        var first = await _accounts.BeginAsync(await AnaAsync());
        (await ChangeAsync(first, Good, Better)).OrFail();
        var second = await _accounts.BeginAsync(
            (await _accounts.Authenticator.SignInAsync("ana", Better, IPAddress.Loopback)).OrFail());
        (await ChangeAsync(second, Better, Good)).OrFail();

        Assert.Null(await _accounts.RecognizeAsync(TicketOf(first)));
        Assert.NotNull(await _accounts.RecognizeAsync(TicketOf(second)));
    }

    [Fact]
    public async Task OfTwoWhoChangeThePasswordAtOnceOneSucceeds()
    {
        var account = await AnaAsync();
        var sessions = new[] { await _accounts.BeginAsync(account), await _accounts.BeginAsync(account) };

        var outcomes = await Task.WhenAll(
            sessions.Select((session, i) => Task.Run(() => ChangeAsync(session, Good, $"{Better} {i}"))));

        Assert.Single(outcomes, outcome => outcome.IsSuccess);
        Assert.Contains(Reason.SignInFailed, outcomes.Where(outcome => !outcome.IsSuccess).Select(o => o.Reason()));
    }

    [Fact]
    public async Task ASessionEndsWithTheServerThatKeepsTheAccount()
    {
        var ticket = TicketOf(await _accounts.BeginAsync(await AnaAsync()));
        using var after = NewAccounts();
        Assert.Null(await after.RecognizeAsync(ticket));

        var other = (await after.Authenticator.SignUpAsync("ana", Better, IPAddress.Loopback)).OrFail();
        Assert.Null(await after.RecognizeAsync(ticket));
        Assert.NotNull(await after.RecognizeAsync(TicketOf(await after.BeginAsync(other))));
    }

    [Fact]
    public async Task EndingAHundredSessionsEndsEachOfThem()
    {
        var account = await AnaAsync();
        var kept = TicketOf(await _accounts.BeginAsync(account));
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
        for (var day = 0; day < 3; day++)
        {
            var kept = TicketOf(await _accounts.BeginAsync(account));
            for (var i = 0; i < 60; i++)
                await SignInAndOutAsync(account);
            Assert.NotNull(await _accounts.RecognizeAsync(kept));
            _clock.AdvanceSeconds(25 * 3600);
        }
    }

    [Fact]
    public async Task ASessionTellsWhenItBeganAndWasLastUsedToTheMinute()
    {
        var session = await _accounts.BeginAsync(await AnaAsync());
        var begun = _clock.GetUtcNow();
        foreach (var (seconds, used) in ((int, int)[])[(59, 0), (1, 60), (30, 60)])
        {
            _clock.AdvanceSeconds(seconds);
            await _accounts.RecognizeAsync(TicketOf(session));
            var record = (await _accounts.RecognizeAsync(TicketOf(session)))!.Record;
            Assert.Equal((begun, begun.AddSeconds(used)), (record.Begun, record.Used));
        }
    }

    [Fact]
    public async Task ASessionCannotBeGuessed() =>
        Assert.Matches("^[0-9a-f]{12}-[0-9a-f]{32}$", (await _accounts.BeginAsync(await AnaAsync())).Id);

    [CoversSetting<AccountSettings>(nameof(AccountSettings.SessionDays))]
    [Fact]
    public async Task HoweverMuchItIsUsedASessionEnds()
    {
        var account = await AnaAsync();
        var session = await _accounts.BeginAsync(account, SessionKind.Program);
        for (var hour = 1; hour < 30 * 24; hour++)
        {
            _clock.AdvanceSeconds(3_600);
            Assert.NotNull(await _accounts.RecognizeAsync(TicketOf(session)));
        }
        var later = await _accounts.BeginAsync(account);

        _clock.AdvanceSeconds(3_600);

        Assert.Null(await _accounts.RecognizeAsync(TicketOf(session)));
        Assert.Equal(Reason.NotSignedIn, (await _accounts.Sessions.RefreshAsync(TicketOf(session))).Reason());
        var known = (await _accounts.RecognizeAsync(TicketOf(later)))!;
        Assert.Equal(later.Id, Assert.Single(_accounts.Sessions.AllOf(known)).Id);
    }

    [Fact]
    public async Task OnlySessionsThatCanStillBeUsedAreListedThisOneFirst()
    {
        var account = await AnaAsync();
        var program = await _accounts.BeginAsync(account, SessionKind.Program);
        await _accounts.BeginAsync(account);
        _clock.AdvanceSeconds(40 * 60);
        var browser = await _accounts.BeginAsync(account);
        _clock.AdvanceSeconds(40 * 60);     // of the sixty minutes after which a browser is not signed in any more

        Assert.Equal([browser.Id, program.Id], await ListedAsync(browser));
        Assert.Equal([program.Id, browser.Id], await ListedAsync(program));
    }

    /// <summary>A program that signs in again and again signs nobody out of a browser.</summary>
    [Fact]
    public async Task OfMoreThanFiftySessionsTheProgramUnusedForLongestIsForgotten()
    {
        var account = await AnaAsync();
        var browser = await _accounts.BeginAsync(account);
        List<Session> programs = [];
        for (var i = 0; i < 51; i++)
        {
            _clock.AdvanceSeconds(1);
            programs.Add(await _accounts.BeginAsync(account, SessionKind.Program));
        }

        Assert.Equal(50, (await ListedAsync(browser)).Count());
        Assert.NotNull(await _accounts.RecognizeAsync(TicketOf(browser)));
        foreach (var (i, program) in programs.Index())
            Assert.Equal(i >= 2, await _accounts.RecognizeAsync(TicketOf(program)) is not null);
    }

    /// <summary>The seat is enough for everything in the room.</summary>
    [Fact]
    public async Task AMemberStaysAlthoughItsSessionHasExpiredAndIsForgotten()
    {
        var account = await AnaAsync();
        var session = await _accounts.BeginAsync(account);
        _clock.AdvanceSeconds(2 * 3600);
        var later = await _accounts.BeginAsync(account);

        Assert.Equal([later.Id], later.Account.Open.Keys);
        Assert.False(later.Account.HasEnded(new AccountIdentity(account.Name, session.Id)));
    }

    [Fact]
    public async Task ASessionBeginsOnlyWithThePasswordThatWasVerified()
    {
        var verified = await AnaAsync();
        (await ChangeAsync(await _accounts.BeginAsync(verified), Good, Better)).OrFail();

        Assert.Equal(
            Reason.SignInFailed, (await _accounts.Sessions.BeginAsync(verified, SessionKind.Browser)).Reason());
    }

    [Fact]
    public async Task AnInvalidTicketIsNotRecognized()
    {
        await AnaAsync();
        foreach (var principal in (ClaimsPrincipal?[])
            [null, new(), Saying(new Claim(ClaimTypes.NameIdentifier, "ana")),
                new SessionClaims("ana", "").ToPrincipal(), new SessionClaims("bo", "session").ToPrincipal(),
                Saying(new Claim(ClaimTypes.Sid, "session"))])
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

    private async Task<IEnumerable<string>> ListedAsync(Session asking) =>
        _accounts.Sessions.AllOf((await _accounts.RecognizeAsync(TicketOf(asking)))!).Select(listed => listed.Id);

    private static ClaimsPrincipal TicketOf(Session session) => SessionClaims.Of(session).ToPrincipal();

    private async Task SignInAndOutAsync(Account account) =>
        (await _accounts.Sessions.SignOutAsync(await _accounts.BeginAsync(account))).OrFail();

    private Task<Outcome<Account>> ChangeAsync(Session session, string password, string newPassword) =>
        _accounts.Authenticator.ChangePasswordAsync(session, password, newPassword, IPAddress.Loopback);

    private TestAccounts NewAccounts() =>
        new(new AccountSettings { AttemptsPerMinute = 0 }, _passwords, _clock, RedisServer.OfThisRun?.SettingApart);

    private async Task<Account> AnaAsync() =>
        (await _accounts.Authenticator.SignUpAsync("Ana", Good, IPAddress.Loopback)).OrFail();
}
