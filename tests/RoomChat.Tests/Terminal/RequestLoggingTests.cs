using RoomChat.Tests.Support;

namespace RoomChat.Tests.Terminal;

public sealed class RequestLoggingTests
{
    [Fact]
    public async Task ALineForEachRequestIsShownWhereItsLevelAsksForIt()
    {
        using var server = await ServerProcess.ListeningAsync(
            "--Serilog:MinimumLevel:Override:Serilog.AspNetCore=Information");
        using var http = new HttpClient { BaseAddress = server.Address };

        await http.GetStringAsync("/health", TestContext.Current.CancellationToken).Soon();

        await server.WaitForOutputAsync("info   HTTP GET /health responded 200");
    }
}
