using System.Net;
using RoomChat.Accounts;
using RoomChat.Rooms;
using RoomChat.Tests.Support;
using RoomChat.Web;

namespace RoomChat.Tests.Accounts;

public sealed class ExpiryTests : IAsyncLifetime
{
    private const string Password = ApiClient.Password;

    private readonly TestClock _clock = new();
    private readonly PasswordHashing _passwords = new();
    private readonly AccountSettings _settings = new() { SignUpsPerMinute = 100 };
    private readonly TestAccounts _accounts;
    private readonly AccountExpiry _expiry;

    public ExpiryTests()
    {
        _accounts = new TestAccounts(_settings, _passwords, _clock, RedisServer.OfThisRun?.SettingApart);
        _expiry = new AccountExpiry(_accounts.Store, _accounts.Authenticator, _settings, _clock);
    }

    public async ValueTask InitializeAsync() => await _expiry.StartAsync(CancellationToken.None);

    [CoversSetting<AccountSettings>(nameof(AccountSettings.IdleDays))]
    [Fact]
    public async Task AnAccountThatNobodyUsesExpiresAndItsNameIsFree()
    {
        await SignUpAsync("ana");
        _clock.Advance(TimeSpan.FromDays(29));
        await SignUpAsync("bo");

        _clock.Advance(TimeSpan.FromDays(2));

        await ExpiredAsync("ana");
        Assert.True(await HasAccountAsync("bo"));
        await SignUpAsync("ana");
    }

    [Fact]
    public async Task AVisitKeepsIt()
    {
        var session = await _accounts.BeginAsync(await SignUpAsync("ana"), SessionKind.Program);
        var visit = SessionClaims.Of(session).ToPrincipal();
        await SignUpAsync("bo");

        _clock.Advance(TimeSpan.FromDays(20));
        Assert.NotNull(await _accounts.RecognizeAsync(visit));
        _clock.Advance(TimeSpan.FromDays(20));

        await ExpiredAsync("bo");
        Assert.True(await HasAccountAsync("ana"));
    }

    [Fact]
    public async Task WhoeverTakesTheNameFindsNothingOfItsDirectChatsAndItsMembersLeave()
    {
        var (ana, bo) = (await SignUpAsync("ana"), await SignUpAsync("bo"));
        var chat = await _accounts.Lobby.OpenDirectAsync(ana.Name, bo.Name);
        var member = (await _accounts.Lobby.JoinAsync(
            chat.OrFail(), new JoinRequest(ana.Name, Account: new AccountIdentity(ana.Name, ana.NewSession())),
            new TestReader(), null)).OrFail().Member;

        _clock.Advance(TimeSpan.FromDays(31));

        await ExpiredAsync("ana");
        Assert.False(member.Room.Recognize(member.Seat).IsSuccess);
        Assert.Empty(await _accounts.Lobby.DirectChatsOfAsync(ana.Name));
    }

    [Fact]
    public async Task AnAccountThatIsUsedMeanwhileKeepsItsDirectChats()
    {
        var (idle, bo) = (await SignUpAsync("ana"), await SignUpAsync("bo"));
        var chat = (await _accounts.Lobby.OpenDirectAsync(idle.Name, bo.Name)).OrFail();
        _clock.Advance(TimeSpan.FromMinutes(1));
        await _accounts.BeginAsync(idle);

        await _accounts.Authenticator.ExpireAsync(idle);

        Assert.True(await HasAccountAsync("ana"));
        Assert.Equal([chat], await _accounts.Lobby.DirectChatsOfAsync(idle.Name));
    }

    [Fact]
    public async Task OfAnEarlierVersionsAccountTheDaysAreCountedFromWhenItIsFirstSeen()
    {
        Name.TryParse("ana", 20, out var ana);
        (await _accounts.Store.AddAsync(new Account(ana!, "hash"))).OrFail();

        _clock.Advance(TimeSpan.FromDays(29));
        await UntilAsync(
            async () => (await _accounts.Store.FindAsync(ana!)).OrFail().Used is not null, "the account is seen");
        _clock.Advance(TimeSpan.FromDays(29));
        Assert.True(await HasAccountAsync("ana"));
        _clock.Advance(TimeSpan.FromDays(2));

        await ExpiredAsync("ana");
    }

    public async ValueTask DisposeAsync()
    {
        await _expiry.StopAsync(CancellationToken.None);
        _expiry.Dispose();
        _accounts.Dispose();
        _passwords.Dispose();
    }

    private Task ExpiredAsync(string name) =>
        UntilAsync(async () => !await HasAccountAsync(name), $"the account of {name} expires");

    /// <summary>Time goes on, since the timer may have begun after the last leap.</summary>
    private Task UntilAsync(Func<Task<bool>> holds, string what) => Wait.UntilAsync(
        () =>
        {
            _clock.Advance(TimeSpan.FromMinutes(5));
            return holds();
        }, what);

    private async Task<Account> SignUpAsync(string name) =>
        (await _accounts.Authenticator.SignUpAsync(name, Password, IPAddress.Loopback)).OrFail();

    private async Task<bool> HasAccountAsync(string name) =>
        (await _accounts.Authenticator.FindAsync(name)).IsSuccess;
}
