using System.Net;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Web;

[Collection(nameof(ServerProcess))]
public sealed class ShutdownTests
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task EveryMemberIsToldWhenToComeBackBeforeTheProcessEnds(string signal)
    {
        using var server = await ServerProcess.ListeningAsync();
        await using var ana = await ChatClient.ConnectAsync(server.Address);
        await ana.JoinAsync(await ana.CreateRoomAsync(), "ana");
        await using var visitor = await ChatClient.ConnectAsync(server.Address);

        await server.StopAsync(signal);

        await AssertToldToComeBackAsync(ana);
        await AssertToldToComeBackAsync(visitor);
        Assert.Empty(server.Errors);
    }

    [Fact]
    public async Task TwoHundredMembersAreToldAndDoNotDelayTheShutdown()
    {
        using var server = await ServerProcess.ListeningAsync();
        await using var ana = await ChatClient.ConnectAsync(server.Address);
        var room = await ana.CreateRoomAsync();
        var members = await Task.WhenAll(
            Enumerable.Range(1, 200)
                .Select(number => ChatClient.JoinedAsync(server.Address, room, $"member {number}")));

        await server.StopAsync();

        foreach (var member in members)
        {
            await AssertToldToComeBackAsync(member);
            await member.DisposeAsync();
        }
    }

    [Fact]
    public async Task AMemberThatStoppedReadingDoesNotDelayTheShutdown()
    {
        using var server = await ServerProcess.ListeningAsync(
            "--RoomChat:Limits:MessagesPerSecond=0", "--RoomChat:Limits:MessageLength=30000",
            "--RoomChat:Limits:ReplayBytes=100000000", "--RoomChat:Limits:SlowMemberSeconds=60",
            "--RoomChat:Terminal:ShowText=false");
        await using var ana = await ChatClient.ConnectAsync(server.Address);
        var room = await ana.CreateRoomAsync();
        await ana.JoinAsync(room, "ana");
        using var mute = await RawClient.ConnectAsync(server.Address);
        await mute.SendAsync(
            $$"""{"type":1,"invocationId":"1","target":"JoinRoom","arguments":[{"room":"{{room}}","name":"mute"}]}""");
        for (var i = 0; i < 500; i++) await ana.SendAsync(new string('x', 30_000));

        await server.StopAsync();

        Assert.DoesNotContain(server.Output, line => line.Contains("mute dropped: too-slow", StringComparison.Ordinal));
        await AssertToldToComeBackAsync(ana);
    }

    [Fact]
    public async Task AThousandReturnsAtOnceDoNotDelayTheShutdown()
    {
        const int Rooms = 50, InEach = 20;
        using var server = await ServerProcess.ListeningAsync();
        await using var host = await ChatClient.ConnectAsync(server.Address);
        var members = new List<RawClient>();
        for (var n = 0; n < Rooms; n++)
        {
            var room = await host.CreateRoomAsync();
            for (var i = 0; i < InEach; i++)
            {
                members.Add(await RawClient.ConnectAsync(server.Address));
                await members[^1].CallAsync("JoinRoom", $$"""{"room":"{{room}}","name":"member {{i}}"}""");
            }
        }
        using var http = new HttpClient { BaseAddress = server.Address };
        var returning = members.Select(async member =>
        {
            await member.UntilClosedAsync();
            member.Dispose();
            // Tries again at once until the server is gone.
            try
            {
                while (true)
                    await http.PostAsync(
                        "/hub/negotiate?negotiateVersion=1", null, TestContext.Current.CancellationToken);
            }
            catch (HttpRequestException)
            {
                return;
            }
        }).ToList();

        await server.StopAsync();

        await Task.WhenAll(returning).Soon();
    }

    [Fact]
    public async Task NegotiationsAndHealthChecksAreRefusedDuringTheShutdown()
    {
        using var server = new ChatServer(("Limits:MessagesPerSecond", "0"), ("Limits:MessageLength", "30000"),
            ("Limits:ReplayBytes", "100000000"), ("Limits:SlowMemberSeconds", "60"));
        await using var ana = await ChatClient.ConnectAsync(server);
        var room = await ana.CreateRoomAsync();
        await ana.JoinAsync(room, "ana");
        using var mute = await RawClient.ConnectAsync(server);      // keeps the server stopping for a while
        await mute.SendAsync($$"""{"type":1,"target":"JoinRoom","arguments":[{"room":"{{room}}","name":"mute"}]}""");
        for (var i = 0; i < 500; i++) await ana.SendAsync(new string('x', 30_000));
        using var http = new HttpClient { BaseAddress = server.Address };
        using var before = await http.GetAsync("/health", TestContext.Current.CancellationToken);

        var stopping = Task.Run(
            server.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication,
            TestContext.Current.CancellationToken);
        await ana.ClosedNotice.Task.Soon();
        using var health = await http.GetAsync("/health", TestContext.Current.CancellationToken);
        using var api = await http.GetAsync($"/api/rooms/{room}", TestContext.Current.CancellationToken);
        using var negotiation = await http.PostAsync(
            "/hub/negotiate?negotiateVersion=1", null, TestContext.Current.CancellationToken);
        await stopping.Soon();

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.StartsWith(
            """{"rooms":1,"members":2,"connections":2,""",
            await before.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, negotiation.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, api.StatusCode);
        foreach (var refused in new[] { health, negotiation, api }) SecurityHeadersTests.AssertGuarded(refused);
        Assert.Equal("application/problem+json", api.Content.Headers.ContentType?.MediaType);
        Assert.Contains(
            "\"code\":\"stopping\"",
            await api.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    private static async Task AssertToldToComeBackAsync(ChatClient client)
    {
        var notice = await client.ClosedNotice.Task.Soon();
        Assert.Equal("stopping", notice.GetProperty("reason").GetString());
        Assert.InRange(notice.GetProperty("returnAfterMs").GetInt32(), 1, 60_000);
        await client.Ended.Task.Soon();
    }
}
