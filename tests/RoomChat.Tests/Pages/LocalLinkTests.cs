using System.Text.Json;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Pages;

/// <summary>A link to localhost leads nowhere on a phone.</summary>
public sealed class LocalLinkTests : IDisposable
{
    private const string Warning = "Only this machine can open this link.", Offer = "data-link=\"";
    private readonly HttpClient _http = new();

    [Fact]
    public async Task AServerForThisMachineAloneSaysHowToLetOthersIn()
    {
        using var server = await ServerProcess.ListeningAsync();

        var page = await ReadAsync(server.Announced[0], await NewRoomAsync(server));

        Assert.Contains(Warning, page, StringComparison.Ordinal);
        Assert.Contains(
            $"--urls=http://0.0.0.0:{server.Announced[0].Port}", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Offer, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AServerForTheNetworkOffersItsAddressThere()
    {
        using var server = await ServerProcess.ListeningAsync("--urls=http://0.0.0.0:0");
        var (local, others) = (server.Announced[0], await server.AddressOnNetworkAsync());
        var room = await NewRoomAsync(server);

        Assert.Contains($"{Offer}{others}r/{room}\"", await ReadAsync(local, room), StringComparison.Ordinal);
        Assert.DoesNotContain(Warning, await ReadAsync(others, room), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NobodyOnAnotherMachineIsToldTheAddress()
    {
        using var server = await ServerProcess.ListeningAsync("--urls=http://0.0.0.0:0");
        _http.DefaultRequestHeaders.Host = $"localhost:{server.Announced[0].Port}";

        var page = await ReadAsync(await server.AddressOnNetworkAsync(), await NewRoomAsync(server));

        Assert.Contains(Warning, page, StringComparison.Ordinal);
        Assert.DoesNotContain(Offer, page, StringComparison.Ordinal);
    }

    public void Dispose() => _http.Dispose();

    private async Task<string> NewRoomAsync(ServerProcess server)
    {
        var answer = await _http.PostAsync(
            new Uri(server.Announced[0], "/api/rooms"), null, TestContext.Current.CancellationToken);
        var created = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return created.GetProperty("room").GetString()!;
    }

    private Task<string> ReadAsync(Uri server, string room) =>
        _http.GetStringAsync(new Uri(server, $"/r/{room}"), TestContext.Current.CancellationToken).Soon();
}
