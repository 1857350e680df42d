using System.Net;
using System.Net.Sockets;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Settings;

public sealed class StartupErrorTests
{
    [Theory]
    [InlineData("--urls=nonsense", "'nonsense'")]
    [InlineData("--urls=http://127.0.0.1:99999", "port")]
    [InlineData("RoomChat__Limits__History=0", "RoomChat:Limits:History is 0")]
    [InlineData("RoomChat__Limits__History=abc", "'abc' at 'RoomChat:Limits:History'")]
    [InlineData("RoomChat__Terminal__ShowText=maybe", "'maybe' at 'RoomChat:Terminal:ShowText'")]
    [InlineData("--RoomChat:Limits:SeatSeconds=0", "RoomChat:Limits:SeatSeconds is 0")]
    [InlineData("RoomChat__Keys=/dev/null/keys", "RoomChat:Keys is /dev/null/keys")]
    [InlineData("--RoomChat:Accounts:SessionMinutes=0", "RoomChat:Accounts:SessionMinutes is 0")]
    [InlineData("RoomChat__Proxies=10.0.0.0/8, nginx", "RoomChat:Proxies has nginx")]
    [InlineData("--RoomChat:Limits:Histry=5", "Histry is not a setting; did you mean RoomChat:Limits:History?")]
    [InlineData("RoomChat__Limits__Histry=5", "Histry is not a setting; did you mean RoomChat:Limits:History?")]
    [InlineData("--RoomChat:Limit:Rooms=5", "did you mean RoomChat:Limits:Rooms?")]
    [InlineData("--RoomChat:History=5", "did you mean RoomChat:Limits:History?")]
    [InlineData("--RoomChat:Acounts:Limit=5", "did you mean RoomChat:Accounts:Limit?")]
    [InlineData("--RoomChat:Host=example.org", "did you mean RoomChat:Hosts?")]
    [InlineData("Serilog__MinimumLevel__Default=Loud", "Loud")]
    public async Task AnInvalidSettingStopsTheStartWithOneSentenceThatNamesTheSetting(string setting, string named)
    {
        using var server = ServerProcess.Run(setting);

        await AssertExplainedAsync(server, named);
    }

    [Fact]
    public async Task AnInvalidSettingWithAPasswordIsNotRepeated()
    {
        using var server = ServerProcess.Run("RoomChat__Redis=redis:6379,password=sesame,nonsense=1");

        await AssertExplainedAsync(server, "RoomChat:Redis cannot be read");
        Assert.DoesNotContain("sesame", server.Errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task SeveralInvalidSettingsStopTheStartWithTheFirst()
    {
        using var server = ServerProcess.Run("--RoomChat:Limits:History=0", "--RoomChat:Accounts:SessionMinutes=0");

        await AssertExplainedAsync(server, "RoomChat:Limits:History is 0");
    }

    [Fact]
    public async Task APortInUseStopsTheStartWithOneSentenceThatNamesThePort()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        using var server = ServerProcess.Run($"--urls=http://{other.LocalEndpoint}");

        await AssertExplainedAsync(server, $"{other.LocalEndpoint}");
    }

    private static async Task AssertExplainedAsync(ServerProcess server, string named)
    {
        Assert.Equal(1, await server.WaitForExitAsync());
        Assert.Contains(named, Assert.Single(server.Errors), StringComparison.Ordinal);
        Assert.Empty(server.Output);
    }
}
