using System.Net;
using RoomChat.Accounts;
using RoomChat.Rooms;
using RoomChat.Tests.Support;
using RoomChat.Web;

namespace RoomChat.Tests.Accounts;

public sealed class AttemptTests : IDisposable
{
    private const string Good = "correct horse", Bad = "not the one";
    private static readonly IPAddress Here = IPAddress.Parse("192.0.2.1"), There = IPAddress.Parse("192.0.2.2");

    private readonly TestClock _clock = new();
    private readonly PasswordHashing _passwords = new();

    [CoversSetting<AccountSettings>(nameof(AccountSettings.AttemptsPerMinute))]
    [Fact]
    public async Task TheFourthSignInAtThreeAMinuteWaitsAndIsThenAllowed()
    {
        using var accounts = NewAccounts(new AccountSettings { AttemptsPerMinute = 3 });
        for (var i = 0; i < 3; i++)
            Assert.Equal(Reason.SignInFailed, (await accounts.Authenticator.SignInAsync("ana", Bad, Here)).Reason());

        var refusal = (await accounts.Authenticator.SignInAsync("ana", Bad, Here)).Refusal();
        Assert.Equal(Reason.RateLimited, refusal.Reason);
        Assert.Equal(TimeSpan.FromSeconds(20), refusal.RetryAfter);

        _clock.AdvanceSeconds(20);
        Assert.Equal(Reason.SignInFailed, (await accounts.Authenticator.SignInAsync("ana", Bad, Here)).Reason());
    }

    /// <summary>Sockets complete inline, so the blocked thread would be one that serves connections.</summary>
    [Fact]
    public async Task HashingAPasswordBlocksNoThread()
    {
        var hashing = _passwords.HashAsync(Good, Here);

        Assert.False(hashing.IsCompleted);
        (await hashing).OrFail();
    }

    [Fact]
    public async Task AnAttackerCannotLockOutAnotherAccount()
    {
        using var accounts = NewAccounts(new AccountSettings { AttemptsPerMinute = 3 });
        (await accounts.Authenticator.SignUpAsync("ana", Good, There)).OrFail();
        for (var i = 0; i < 4; i++) await accounts.Authenticator.SignInAsync("ana", Bad, Here);
        Assert.Equal(Reason.RateLimited, (await accounts.Authenticator.SignInAsync("ana", Good, Here)).Reason());

        (await accounts.Authenticator.SignInAsync("ana", Good, There)).OrFail();
    }

    [Fact]
    public async Task ANameThatLooksLikeAnAccountsIsReserved()
    {
        using var accounts = NewAccounts(new AccountSettings());
        (await accounts.Authenticator.SignUpAsync("Paul", Good, There)).OrFail();
        var room = accounts.Lobby.Create().OrFail();

        foreach (var lookalike in new[] { "pauI", "PAU1" })
        {
            Assert.Equal(Reason.NameTaken, (await accounts.Authenticator.SignUpAsync(lookalike, Good, Here)).Reason());
            Assert.Equal(
                Reason.NameReserved, accounts.Lobby.Join(new JoinAttempt($"{room.Code}", lookalike)).Reason());
        }
        (await accounts.Authenticator.SignUpAsync("Paula", Good, Here)).OrFail();
    }

    [Fact]
    public async Task WhoHasAnAccountIsToldToNobodyWhoAsksForManyNames()
    {
        using var accounts = NewAccounts(new AccountSettings { SignUpsPerMinute = 3 });
        (await accounts.Authenticator.SignUpAsync("ana", Good, There)).OrFail();
        for (var i = 0; i < 3; i++)
            Assert.Equal(Reason.NameTaken, (await accounts.Authenticator.SignUpAsync("ana", Good, Here)).Reason());

        foreach (var name in (string[])["ana", "bo"])
            Assert.Equal(Reason.RateLimited, (await accounts.Authenticator.SignUpAsync(name, Good, Here)).Reason());
    }

    [Fact]
    public async Task NoNetworkSignsUpMoreThanAQuarterOfAllAccounts()
    {
        using var accounts = NewAccounts(new AccountSettings { Limit = 8, SignUpsPerMinute = 100 });
        (await accounts.Authenticator.SignUpAsync("ana", Good, Site(1))).OrFail();
        var bo = (await accounts.Authenticator.SignUpAsync("bo", Good, Site(2))).OrFail();

        Assert.Equal(Reason.ServerFull, (await accounts.Authenticator.SignUpAsync("cy", Good, Site(3))).Reason());
        (await accounts.Authenticator.SignUpAsync("cy", Good, There)).OrFail();
        var session = await accounts.BeginAsync(bo);
        (await accounts.Authenticator.DeleteAccountAsync(session, Good, Site(2))).OrFail();
        (await accounts.Authenticator.SignUpAsync("di", Good, Site(3))).OrFail();
    }

    [Fact]
    public async Task AnUnknownNameIsRateLimitedLikeAKnownOne()
    {
        using var accounts = NewAccounts(new AccountSettings { AttemptsPerMinute = 2 });
        (await accounts.Authenticator.SignUpAsync("ana", Good, There)).OrFail();

        foreach (var name in (string[])["ana", "bo"])
        {
            for (var i = 0; i < 2; i++)
                Assert.Equal(Reason.SignInFailed, (await accounts.Authenticator.SignInAsync(name, Bad, Here)).Reason());
            Assert.Equal(Reason.RateLimited, (await accounts.Authenticator.SignInAsync(name, Bad, Here)).Reason());
        }
    }

    [Fact]
    public async Task OfManySignInsAtOnceAFewWaitTheirTurnAndTheOthersAreToldToRetry()
    {
        using var accounts = NewAccounts(new AccountSettings { AttemptsPerMinute = 0 });

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 40).Select(i => Task.Run(() => accounts.Authenticator.SignInAsync("ana", Bad, Here))));

        var reasons = outcomes.Select(outcome => outcome.Reason()).CountBy(reason => reason).ToDictionary();
        Assert.InRange(reasons[Reason.SignInFailed], 4, 39);
        Assert.InRange(reasons[Reason.RateLimited], 1, 36);
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:1::", "2001:db8:1:2::")]
    public async Task WhoeverSignsInOftenAtOnceTakesTheTurnsOfNobodyElse(string one, string other)
    {
        using var accounts = NewAccounts(new AccountSettings { AttemptsPerMinute = 0, SignInsPerMinute = 0 });
        (await accounts.Authenticator.SignUpAsync("ana", Good, There)).OrFail();
        var attack = Enumerable.Range(0, 60)
            .Select(i => accounts.Authenticator.SignInAsync("ana", Bad, IPAddress.Parse(i % 2 == 0 ? one : other)))
            .ToList();

        (await accounts.Authenticator.SignInAsync("ana", Good, There)).OrFail();

        Assert.Equal(56, (await Task.WhenAll(attack)).Count(outcome => outcome.Reason() == Reason.RateLimited));
    }

    [CoversSetting<AccountSettings>(nameof(AccountSettings.Limit))]
    [Fact]
    public async Task TheNumberOfAccountsIsLimited()
    {
        using var accounts = NewAccounts(new AccountSettings { Limit = 2, AttemptsPerMinute = 0 });
        (await accounts.Authenticator.SignUpAsync("ana", Good, Here)).OrFail();
        (await accounts.Authenticator.SignUpAsync("bo", Good, Here)).OrFail();

        Assert.Equal(Reason.ServerFull, (await accounts.Authenticator.SignUpAsync("cy", Good, Here)).Reason());
        (await accounts.Authenticator.SignInAsync("bo", Good, Here)).OrFail();
    }

    [Fact]
    public async Task OfManySignUpsUnderOneNameAtOnceOneSucceeds()
    {
        using var accounts = NewAccounts(new AccountSettings { AttemptsPerMinute = 0 });

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => Task.Run(() => accounts.Authenticator.SignUpAsync("ana", Good, Here))));

        Assert.Single(outcomes, outcome => outcome.TryGet(out _, out _));
        (await accounts.Authenticator.SignInAsync("ana", Good, Here)).OrFail();
    }

    public void Dispose() => _passwords.Dispose();

    private TestAccounts NewAccounts(AccountSettings settings) =>
        new(settings, _passwords, _clock, RedisServer.OfThisRun?.SettingApart);

    /// <summary>An address in another /64 each time, of the same /48.</summary>
    private static IPAddress Site(int n) => IPAddress.Parse($"2001:db8:1:{n:x}::");
}
