using System.Net;
using RoomChat.Accounts;
using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Accounts;

public sealed class AttemptTests : IDisposable
{
    private const string Good = "correct horse", Bad = "not the one";
    private static readonly IPAddress Here = IPAddress.Parse("192.0.2.1"), There = IPAddress.Parse("192.0.2.2");

    private readonly TestClock _clock = new();
    private readonly Feed _feed = new();
    private readonly Passwords _passwords = new();

    [Trips<AccountSettings>(nameof(AccountSettings.AttemptsPerMinute))]
    [Fact]
    public async Task TheFourthAttemptOfThreeAMinuteWaitsAndIsReleased()
    {
        var register = Register(new AccountSettings { AttemptsPerMinute = 3 });
        for (var i = 0; i < 3; i++) Assert.Equal(Reason.SignInFailed, (await register.SignInAsync("ana", Bad, Here)).Reason());

        var refusal = (await register.SignInAsync("ana", Bad, Here)).Refusal();
        Assert.Equal(Reason.RateLimited, refusal.Reason);
        Assert.Equal(TimeSpan.FromSeconds(20), refusal.RetryAfter);

        _clock.AdvanceSeconds(20);
        Assert.Equal(Reason.SignInFailed, (await register.SignInAsync("ana", Bad, Here)).Reason());
    }

    /// <summary>That thread may be the one that reads what everybody sends.</summary>
    [Fact]
    public async Task NobodysThreadIsKeptForAHash()
    {
        var hashing = _passwords.HashAsync(Good);

        Assert.False(hashing.IsCompleted);
        (await hashing).OrFail();
    }

    [Fact]
    public async Task NobodyCanLockAnotherOut()
    {
        var register = Register(new AccountSettings { AttemptsPerMinute = 3 });
        (await register.SignUpAsync("ana", Good, There)).OrFail();
        for (var i = 0; i < 4; i++) await register.SignInAsync("ana", Bad, Here);
        Assert.Equal(Reason.RateLimited, (await register.SignInAsync("ana", Good, Here)).Reason());

        (await register.SignInAsync("ana", Good, There)).OrFail();
    }

    [Fact]
    public async Task AnUnknownNameIsLimitedLikeAKnownOne()
    {
        var register = Register(new AccountSettings { AttemptsPerMinute = 2 });
        (await register.SignUpAsync("ana", Good, There)).OrFail();

        foreach (var name in (string[])["ana", "bo"])
        {
            for (var i = 0; i < 2; i++) Assert.Equal(Reason.SignInFailed, (await register.SignInAsync(name, Bad, Here)).Reason());
            Assert.Equal(Reason.RateLimited, (await register.SignInAsync(name, Bad, Here)).Reason());
        }
    }

    [Fact]
    public async Task OfManyAtOnceAFewWaitTheirTurnAndTheOthersAreToldToComeBack()
    {
        var register = Register(new AccountSettings { AttemptsPerMinute = 0 });

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => register.SignInAsync("ana", Bad, Here))));

        var reasons = outcomes.Select(outcome => outcome.Reason()).CountBy(reason => reason).ToDictionary();
        Assert.InRange(reasons[Reason.SignInFailed], 9, 39);
        Assert.InRange(reasons[Reason.RateLimited], 1, 31);
    }

    [Trips<AccountSettings>(nameof(AccountSettings.Limit))]
    [Fact]
    public async Task ThereIsAnEndToTheNumberOfAccounts()
    {
        var register = Register(new AccountSettings { Limit = 2, AttemptsPerMinute = 0 });
        (await register.SignUpAsync("ana", Good, Here)).OrFail();
        (await register.SignUpAsync("bo", Good, Here)).OrFail();

        Assert.Equal(Reason.ServerFull, (await register.SignUpAsync("cy", Good, Here)).Reason());
        Assert.Equal(2, register.Count);
        (await register.SignInAsync("bo", Good, Here)).OrFail();
    }

    [Fact]
    public async Task OfThoseWhoSignUpUnderOneNameAtOnceOneGetsIt()
    {
        var register = Register(new AccountSettings { AttemptsPerMinute = 0 });

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => register.SignUpAsync("ana", Good, Here))));

        Assert.Single(outcomes, outcome => outcome.Granted(out _, out _));
        Assert.Equal(1, register.Count);
    }

    public void Dispose() => _passwords.Dispose();

    private Register Register(AccountSettings settings) => new(settings, new Limits(), _passwords, _feed, _clock);
}
