using System.Net;
using RoomChat.Accounts;
using RoomChat.Rooms;
using RoomChat.Tests.Support;
using RoomChat.Web;

namespace RoomChat.Tests.Accounts;

/// <summary>What sign-ins and accounts cost.</summary>
[Collection(nameof(NonParallelCollection))]
public sealed class ManyAccountsTests : IDisposable
{
    private const int Many = 10_000, MostBytes = 1_024;

    /// <summary>Of two times that one hash makes up: without it they differ by a factor of thousands.</summary>
    private const double MostRatio = 5;

    private readonly PasswordHashing _passwords = new();

    [Fact]
    public async Task ASignInAmongManyAccountsTakesAsLongAsWithOneAccount()
    {
        var hash = await HashAsync();
        var (few, many) = (NewAccounts(), NewAccounts());
        await FillAsync(few, hash, 1);
        await FillAsync(many, hash, Many);
        var withOne = await FastestAsync(() => SignInAsync(few, "name 0"));
        var withMany = await FastestAsync(() => SignInAsync(many, $"name {Many - 1}"));

        Assert.InRange(withMany / withOne, 0, MostRatio);
    }

    [Fact]
    public async Task AnAccountTakesLessThanAKilobyte()
    {
        var hash = await HashAsync();
        var accounts = NewAccounts();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await FillAsync(accounts, hash, Many);
        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Many;

        TestContext.Current.TestOutputHelper?.WriteLine($"{each} bytes an account");
        Assert.InRange(each, 1, MostBytes);
        await SignInAsync(accounts, "name 0");
    }

    [Fact]
    public async Task SigningInUnderAnUnknownNameTakesAsLongAsWithAWrongPassword()
    {
        var accounts = NewAccounts();
        (await accounts.Authenticator.SignUpAsync("ana", ApiClient.Password, IPAddress.Loopback)).OrFail();
        await accounts.Authenticator.SignInAsync("bo", "not the one", IPAddress.Loopback);

        var wrong = await FastestAsync(
            () => accounts.Authenticator.SignInAsync("ana", "not the one", IPAddress.Loopback));
        var unknown = await FastestAsync(
            () => accounts.Authenticator.SignInAsync("bo", "not the one", IPAddress.Loopback));

        Assert.InRange(unknown / wrong, 1 / MostRatio, MostRatio);
    }

    public void Dispose() => _passwords.Dispose();

    private TestAccounts NewAccounts() =>
        new(new AccountSettings { AttemptsPerMinute = 0 }, _passwords, TimeProvider.System);

    private async Task<string> HashAsync() =>
        (await _passwords.HashAsync(ApiClient.Password, IPAddress.Loopback)).OrFail();

    /// <summary>Each account has its own copy of the hash, which is too slow to compute for each.</summary>
    private static async Task FillAsync(TestAccounts accounts, string hash, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var account = new Account(Name.Restore($"name {i}"), new string(hash.AsSpan()));
            (await accounts.Store.AddAsync(account)).OrFail();
        }
    }

    private static async Task SignInAsync(TestAccounts accounts, string name) =>
        (await accounts.Authenticator.SignInAsync(name, ApiClient.Password, IPAddress.Loopback)).OrFail();

    private static async Task<double> FastestAsync(Func<Task> attempt)
    {
        var fastest = double.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var start = TimeProvider.System.GetTimestamp();
            await attempt();
            fastest = Math.Min(fastest, TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
        }
        return fastest;
    }
}
