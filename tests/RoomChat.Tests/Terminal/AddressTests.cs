using RoomChat.Tests.Support;

namespace RoomChat.Tests.Terminal;

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
        var own = ServerProcess.OwnAddresses().ToList();
        await Wait.UntilAsync(() => server.Announced.Count == 1 + own.Count, "all addresses");

        Assert.Equal(["localhost", .. own], server.Announced.Select(address => address.Host));
        foreach (var address in server.Announced) Assert.True(await AnswersAsync(address), $"{address}");
    }

    private static async Task<bool> AnswersAsync(Uri address)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(address, TestContext.Current.CancellationToken).Soon();
        return answer.StatusCode > 0;
    }
}
