using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using RoomChat.Tests.Support;
using RoomChat.Web;

namespace RoomChat.Tests.Transport;

public sealed class ConnectionUpgradeTests
{
    [Fact]
    public async Task AWebSocketKeepsNothingOfItsRequest()
    {
        var request = new RequestRecorder();
        await using var server = new ChatServer(services => services.AddSingleton<IStartupFilter>(request));
        using var ana = await RawClient.ConnectAsync(server);

        await Wait.UntilAsync(
            () =>
            {
                GC.Collect();
                return request.IsCollected;
            }, "the request to be collected");
        Assert.Contains("\"room\":", await ana.CallAsync("CreateRoom", ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWebSocketWorksUnderTls()
    {
        using var certificate = SelfMadeCertificate.Create();
        await using var server = new ChatServer(
            services => services.PostConfigure<KestrelServerOptions>(
                kestrel => kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.UseHttps(certificate))));
        Assert.Equal(Uri.UriSchemeHttps, server.Address.Scheme);

        await ConverseAndLeaveAsync(server);
        Assert.All(
            server.LoggedWarnings,
            warning => Assert.Contains("Overriding address", warning, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AConnectionIsCountedUntilItEnds()
    {
        await using var server = new ChatServer();

        await ConverseAndLeaveAsync(server);
        server.AssertNoWarningsLogged();
    }

    private static async Task ConverseAndLeaveAsync(ChatServer server)
    {
        var counted = server.Services.GetRequiredService<ConnectionLimiter>();
        var room = server.Lobby.Create().OrFail();
        using (var ana = await RawClient.ConnectAsync(server.Address))
        {
            await ana.CallAsync("JoinRoom", $$"""{"room":"{{room.Code}}","name":"ana"}""");
            Assert.Contains(
                "\"seq\":2", await ana.CallAsync("SendMessage", """{"text":"hi"}"""), StringComparison.Ordinal);
            Assert.Equal(1, counted.Count);
        }
        await Wait.UntilAsync(() => counted.Count == 0 && server.Connections == 0, "the connection to end");
    }

    private sealed class RequestRecorder : IStartupFilter
    {
        private WeakReference? _request;

        public bool IsCollected => _request is { IsAlive: false };

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(run => context =>
            {
                _request = new WeakReference(context);
                return run(context);
            });
            next(app);
        };
    }
}
