using System.Net;
using RoomChat.Accounts;
using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Accounts;

/// <summary>Ten thousand accounts: hashed once, known many times.</summary>
[Collection(nameof(Alone))]
public sealed class CrowdTests : IDisposable
{
    private const int Many = 10_000, MostBytes = 1_024;

    private readonly Passwords _passwords = new();

    [Fact]
    public async Task TenSignInsTakeAsLongAsWithOneAccount()
    {
        var few = await RegisterOfAsync(1);
        var many = await RegisterOfAsync(Many);
        await TenSignInsAsync(few, "name 0");

        var withOne = await TenSignInsAsync(few, "name 0");
        var withMany = await TenSignInsAsync(many, $"name {Many - 1}");

        Assert.InRange(withMany / withOne, 0, 2);
        Assert.Equal(Many, many.Count);
    }

    [Fact]
    public async Task AnAccountTakesLessThanAKilobyte()
    {
        var ticket = new Ticket("", "", new Secret(await HashAsync()), "");
        var register = Register();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Fill(register, ticket, Many);
        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Many;

        TestContext.Current.TestOutputHelper?.WriteLine($"{each} bytes an account");
        Assert.InRange(each, 1, MostBytes);
        Assert.Equal(Many, register.Count);
    }

    [Fact]
    public async Task AnUnknownNameTakesAsLongAsAWrongPassword()
    {
        var register = Register();
        (await register.SignUpAsync("ana", ApiClient.Password, IPAddress.Loopback)).OrFail();
        await register.SignInAsync("bo", "not the one", IPAddress.Loopback);

        var wrong = await FastestAsync(() => register.SignInAsync("ana", "not the one", IPAddress.Loopback));
        var unknown = await FastestAsync(() => register.SignInAsync("bo", "not the one", IPAddress.Loopback));

        Assert.InRange(unknown / wrong, 0.5, 2);
    }

    public void Dispose() => _passwords.Dispose();

    private async Task<Register> RegisterOfAsync(int accounts)
    {
        var register = Register();
        Fill(register, new Ticket("", "", new Secret(await HashAsync()), ""), accounts);
        return register;
    }

    private Register Register() => new(new AccountSettings { AttemptsPerMinute = 0 }, new Limits(), _passwords, new Feed(), TimeProvider.System);

    private async Task<string> HashAsync() => (await _passwords.HashAsync(ApiClient.Password)).OrFail();

    /// <summary>A copy of the hash for each, as if each had been made by itself.</summary>
    private static void Fill(Register register, Ticket ticket, int accounts)
    {
        for (var i = 0; i < accounts; i++)
        {
            var own = ticket with { Id = Guid.NewGuid().ToString("N"), Name = $"name {i}", Secret = new Secret(new string(ticket.Secret.Hash.AsSpan())) };
            Assert.NotNull(register.Recognize(own.ToPrincipal()));
        }
    }

    private static async Task<double> TenSignInsAsync(Register register, string name)
    {
        var start = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 10; i++) (await register.SignInAsync(name, ApiClient.Password, IPAddress.Loopback)).OrFail();
        return TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
    }

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
