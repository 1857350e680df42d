using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Terminal;

[Collection(nameof(ServerProcess))]
public sealed class AddressTests
{
    [Fact]
    public async Task TheFirstLineNamesTheAddressToOpen()
    {
        using var server = await ServerProcess.ListeningAsync();

        Assert.Matches(@"^\d\d:\d\d:\d\d        RoomChat is at http://127\.0\.0\.1:\d+$", Assert.Single(server.Output));
        Assert.True(await AnswersAsync(server.Announced[0]));
    }

    [Fact]
    public async Task AServerForTheWholeNetworkListsEveryReachableAddress()
    {
        using var server = await ServerProcess.ListeningAsync("--urls=http://0.0.0.0:0");
        await Wait.UntilAsync(() => server.Announced.Count == 1 + OwnAddresses().Count(), "all addresses");

        Assert.Equal(["localhost", .. OwnAddresses()], server.Announced.Select(address => address.Host));
        foreach (var address in server.Announced) Assert.True(await AnswersAsync(address), $"{address}");
    }

    private static IEnumerable<string> OwnAddresses() =>
        from network in NetworkInterface.GetAllNetworkInterfaces()
        where network.OperationalStatus == OperationalStatus.Up
        from own in network.GetIPProperties().UnicastAddresses
        where own.Address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(own.Address)
        select own.Address.ToString();

    private static async Task<bool> AnswersAsync(Uri address)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(address, TestContext.Current.CancellationToken).Soon();
        return answer.StatusCode > 0;
    }
}
