using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Deploy;

/// <summary>What the samples in deploy/proxies promise.</summary>
public sealed class ProxyTests
{
    /// <summary>How often a proxy looks whether a server is back.</summary>
    private static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(1);

    public static TheoryData<string> Proxies =>
        [ReverseProxy.Caddy, ReverseProxy.Nginx, ReverseProxy.HAProxy, ReverseProxy.Apache];

    [Theory, MemberData(nameof(Proxies))]
    public async Task PagesAndSocketsHaveTheProxysNameOverHttps(string name)
    {
        using var server = new ChatServer(("Proxies", "127.0.0.1"));
        using var proxy = await ReverseProxy.StartAsync(name, server.Address, ServerProcess.FreeAddress());
        using var http = proxy.Open();
        http.DefaultRequestHeaders.Add("Origin", proxy.Address.GetLeftPart(UriPartial.Authority));
        http.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.example");

        using var plain = await http.GetAsync(proxy.PlainAddress, TestContext.Current.CancellationToken);
        using var page = await http.GetAsync("/", TestContext.Current.CancellationToken);
        using var created = await http.PostAsync("/api/rooms", null, TestContext.Current.CancellationToken);
        using var member = await RawClient.ConnectAsync(
            proxy.Address, ("Origin", proxy.Address.GetLeftPart(UriPartial.Authority)));

        Assert.Contains(plain.StatusCode, (HttpStatusCode[])[(HttpStatusCode)301, (HttpStatusCode)308]);
        Assert.Equal("https", plain.Headers.Location?.Scheme);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.StartsWith(
            $"{proxy.Address}r/", (await ReadAsync(created)).GetProperty("url").GetString(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<WebSocketException>(
            () => RawClient.ConnectAsync(proxy.Address, ("Origin", "https://evil.example")));
    }

    [Theory, MemberData(nameof(Proxies))]
    public async Task TheAddressOfAClientIsForwardedAndCannotBeFeigned(string name)
    {
        using var server = new ChatServer(("Proxies", "127.0.0.1"), ("Limits:RoomsPerMinute", "1"));
        using var proxy = await ReverseProxy.StartAsync(name, server.Address, ServerProcess.FreeAddress());
        using var ana = proxy.Open("127.0.0.2");
        using var bo = proxy.Open("127.0.0.3");

        Assert.Equal(HttpStatusCode.Created, await CreateAsync(ana));
        Assert.Equal(HttpStatusCode.Created, await CreateAsync(bo));
        ana.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        Assert.Equal(HttpStatusCode.TooManyRequests, await CreateAsync(ana));

        static async Task<HttpStatusCode> CreateAsync(HttpClient http)
        {
            using var answer = await http.PostAsync("/api/rooms", null, TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
    }

    /// <summary>ROOMCHAT_SOAK sets the seconds; by default, most proxies cut what is idle after a minute.</summary>
    [Theory, MemberData(nameof(Proxies))]
    public async Task ASilentSocketAndAHeldPollAreNotCut(string name)
    {
        var seconds = int.Parse(
            Environment.GetEnvironmentVariable("ROOMCHAT_SOAK") ?? "1", CultureInfo.InvariantCulture);
        using var server = new ChatServer(("Proxies", "127.0.0.1"));
        using var proxy = await ReverseProxy.StartAsync(name, server.Address, ServerProcess.FreeAddress());
        await using var ana = await ChatClient.ConnectAsync(proxy.Address);
        var room = await ana.CreateRoomAsync();
        await ana.JoinAsync(room, "ana");
        using var program = proxy.Open();
        using var joined = await program.PostAsJsonAsync(
            $"/api/rooms/{room}/members", new { name = "bo" }, TestContext.Current.CancellationToken);
        var seat = (await ReadAsync(joined)).GetProperty("seat").GetString();
        program.DefaultRequestHeaders.Add("Authorization", $"Bearer {seat}");

        var silence = Task.Delay(TimeSpan.FromSeconds(seconds), TestContext.Current.CancellationToken);
        using var poll = await program.GetAsync(
            $"/api/rooms/{room}/events?after=2&wait={Math.Min(seconds, 60)}", TestContext.Current.CancellationToken);
        await silence;

        Assert.Equal(HttpStatusCode.OK, poll.StatusCode);
        Assert.Empty((await ReadAsync(poll)).GetProperty("events").EnumerateArray());
        await ana.SendAsync("still here");
        Assert.False(ana.Ended.Task.IsCompleted);
    }

    /// <summary>More than Apache serves at once by default.</summary>
    [Theory, MemberData(nameof(Proxies))]
    public async Task ALargeRoomHearsAMessage(string name)
    {
        const int Members = 200;
        using var server = new ChatServer(("Proxies", "127.0.0.1"));
        using var proxy = await ReverseProxy.StartAsync(name, server.Address, ServerProcess.FreeAddress());
        await using var ana = await ChatClient.ConnectAsync(proxy.Address);
        var room = await ana.CreateRoomAsync();
        await ana.JoinAsync(room, "ana");
        var members = await Task.WhenAll(Enumerable.Range(1, Members).Select(number => JoinAsync($"member {number}")));

        await ana.SendAsync("to everybody");

        await Task.WhenAll(members.Select(member => member.FirstAsync("to everybody")));
        foreach (var member in members) member.Dispose();

        async Task<RawClient> JoinAsync(string member)
        {
            var client = await RawClient.ConnectAsync(proxy.Address);
            await client.CallAsync("JoinRoom", $$"""{"room":"{{room}}","name":"{{member}}"}""");
            return client;
        }
    }

    [Theory, MemberData(nameof(Proxies))]
    public async Task ADeployOfOneServerAfterTheOtherLosesNoMessage(string name)
    {
        using var redis = new RedisServer();
        Uri[] addresses = [ServerProcess.FreeAddress(), ServerProcess.FreeAddress()];
        ChatServer[] servers = [.. addresses.Select(StartAt)];
        using var proxy = await ReverseProxy.StartAsync(name, addresses[0], addresses[1]);
        string room;
        await using (var creator = await ChatClient.ConnectAsync(proxy.Address)) room = await creator.CreateRoomAsync();
        await using var ana = new ReconnectingClient(proxy.Address, room, "ana");
        await using var bo = new ReconnectingClient(proxy.Address, room, "bo");
        await ana.JoinAsync();
        await bo.JoinAsync();
        using var over = new CancellationTokenSource();
        Task[] talking = [TalkAsync(ana, "ana"), TalkAsync(bo, "bo")];

        for (var one = 0; one < servers.Length; one++)
        {
            await servers[one].DisposeAsync();
            servers[one] = StartAt(addresses[one]);
            await Task.Delay(LooksEvery, TestContext.Current.CancellationToken);
        }
        await over.CancelAsync();
        await Task.WhenAll(talking).Soon();

        var acknowledged = ana.Acknowledged.Concat(bo.Acknowledged).ToDictionary();
        await ana.CatchUpAsync(acknowledged.Values.Max()).Soon();
        foreach (var server in servers) await server.DisposeAsync();
        Assert.Empty(ana.Violations.Concat(bo.Violations));
        Assert.True(ana.Connections > 1 && bo.Connections > 1, "Each was at a server that stopped.");
        var heard = ana.Events.Values.Where(line => line.TryGetProperty("id", out _)).ToLookup(
            line => line.GetProperty("id").GetString()!, line => line.GetProperty("seq").GetInt64());
        foreach (var (id, seq) in acknowledged) Assert.Equal([seq], heard[id]);
        Assert.DoesNotContain(ana.Events.Values, line => line.GetProperty("type").GetString() == "left");

        ChatServer StartAt(Uri address) => new(
            services => services.Configure<KestrelServerOptions>(
                kestrel => kestrel.Listen(IPAddress.Loopback, address.Port)),
            ("Proxies", "127.0.0.1"), ("Redis", redis.Setting), ("Limits:MessagesPerSecond", "0"));

        async Task TalkAsync(ReconnectingClient client, string who)
        {
            for (var i = 0; !over.IsCancellationRequested; i++)
            {
                await client.PostAsync($"{who}-{i}", $"{who} says {i}");
                await Task.Delay(10, TestContext.Current.CancellationToken);
            }
        }
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer) =>
        await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
}
