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
    private readonly Passwords _passwords = new();
    private readonly Register _register;

    public SessionTests() => _register = NewRegister();

    [Fact]
    public async Task AChangedPasswordEndsAllOtherSessions()
    {
        var account = await AnaAsync();
        var (here, there) = (Ticket.Of(account).ToPrincipal(), Ticket.Of(account).ToPrincipal());
        var session = _register.Recognize(here)!;
        List<Owner> over = [];
        _register.Over += isOver => over.AddRange(new[] { new Owner(account.Name, session.Id), new Owner(account.Name, "other") }.Where(isOver));

        (await _register.ChangePasswordAsync(session, Good, Better, IPAddress.Loopback)).OrFail();

        Assert.Null(_register.Recognize(there));
        Assert.NotNull(_register.Recognize(Ticket.Of(account, session.Id).ToPrincipal()));
        Assert.Equal(["other"], over.Select(owner => owner.Session));
        Assert.Equal(Reason.SignInFailed, (await _register.SignInAsync("ana", Good, IPAddress.Loopback)).Reason());
        (await _register.SignInAsync("ana", Better, IPAddress.Loopback)).OrFail();
    }

    [Fact]
    public async Task ThePasswordIsChangedByWhoeverKnowsIt()
    {
        var account = await AnaAsync();
        var ticket = Ticket.Of(account).ToPrincipal();
        var session = _register.Recognize(ticket)!;

        Assert.Equal(Reason.SignInFailed, (await _register.ChangePasswordAsync(session, "not the one", Better, IPAddress.Loopback)).Reason());
        Assert.Equal(Reason.PasswordInvalid, (await _register.ChangePasswordAsync(session, Good, "short", IPAddress.Loopback)).Reason());
        Assert.NotNull(_register.Recognize(ticket));
    }

    [Fact]
    public async Task ASessionOutlivesARestartAndBringsItsAccount()
    {
        var ticket = Ticket.Of(await AnaAsync()).ToPrincipal();
        var after = NewRegister();

        Assert.Equal("Ana", after.Recognize(ticket)?.Account.Name.Shown);
        (await after.SignInAsync("ana", Good, IPAddress.Loopback)).OrFail();
    }

    [Fact]
    public async Task WhereAnotherHasTakenTheNameSinceTheOldSessionIsOver()
    {
        var ticket = Ticket.Of(await AnaAsync()).ToPrincipal();
        var after = NewRegister();
        var other = (await after.SignUpAsync("ana", Better, IPAddress.Loopback)).OrFail();

        Assert.Null(after.Recognize(ticket));
        Assert.Same(other, after.Recognize(Ticket.Of(other).ToPrincipal())?.Account);
    }

    [Fact]
    public async Task APasswordChangedOnOneServerIsChangedOnAnotherOnceASessionTellsIt()
    {
        var account = await AnaAsync();
        var old = Ticket.Of(account);
        var another = NewRegister();
        Assert.NotNull(another.Recognize(old.ToPrincipal()));

        (await _register.ChangePasswordAsync(_register.Recognize(old.ToPrincipal())!, Good, Better, IPAddress.Loopback)).OrFail();
        Assert.NotNull(another.Recognize(Ticket.Of(account).ToPrincipal()));

        Assert.Null(another.Recognize(old.ToPrincipal()));
        (await another.SignInAsync("ana", Better, IPAddress.Loopback)).OrFail();
    }

    [Fact]
    public async Task WhoeverEndsAHundredSessionsEndsThemAll()
    {
        var account = await AnaAsync();
        var kept = Ticket.Of(account).ToPrincipal();
        for (var i = 0; i < 100; i++) _register.SignOut(_register.Recognize(Ticket.Of(account).ToPrincipal())!);
        Assert.NotNull(_register.Recognize(kept));

        _register.SignOut(_register.Recognize(Ticket.Of(account).ToPrincipal())!);
        Assert.Null(_register.Recognize(kept));
    }

    [Fact]
    public async Task EndedSessionsAreForgottenOnceTheyWouldHaveRunOut()
    {
        var account = await AnaAsync();
        var kept = Ticket.Of(account).ToPrincipal();
        for (var day = 0; day < 3; day++)
        {
            for (var i = 0; i < 60; i++) _register.SignOut(_register.Recognize(Ticket.Of(account).ToPrincipal())!);
            _clock.AdvanceSeconds(25 * 3600);
        }

        Assert.NotNull(_register.Recognize(kept));
    }

    [Fact]
    public void WhatIsNoTicketIsNobodys()
    {
        Assert.Null(_register.Recognize(null));
        Assert.Null(_register.Recognize(new ClaimsPrincipal()));
        Assert.Null(_register.Recognize(new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, "ana")], "test"))));
        Assert.Equal(0, _register.Count);
    }

    public void Dispose() => _passwords.Dispose();

    private Register NewRegister() => new(new AccountSettings { AttemptsPerMinute = 0 }, new Limits(), _passwords, new Feed(), _clock);

    private async Task<Account> AnaAsync() => (await _register.SignUpAsync("Ana", Good, IPAddress.Loopback)).OrFail();
}
