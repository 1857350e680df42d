using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using RoomChat.Tests.Support;
using RoomChat.Web;

namespace RoomChat.Tests.Web;

public sealed partial class MetricsTests
{
    [Fact]
    [CoversSetting<NetworkSettings>(nameof(NetworkSettings.Metrics))]
    public async Task MetricsAreServedOnceTheyAreAskedFor()
    {
        using var without = await ServerProcess.ListeningAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(without)).Status);

        using var server = await ServerProcess.ListeningAsync("--RoomChat:Metrics=true");
        await using var ana = await TalkAsync(server.Address);

        var (status, text) = await GetAsync(server);
        var measured = Measured(text);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(1, measured["roomchat_rooms"]);
        Assert.Equal(2, measured["roomchat_members"]);
        Assert.Equal(1, measured["roomchat_connections"]);
        Assert.Equal(2, measured["roomchat_messages_total"]);
        Assert.Equal(8, measured["roomchat_deliveries_total"]);     // four events, read by two
        Assert.InRange(measured["roomchat_transcripts_bytes"], 100, 10_000);
        Assert.InRange(measured["roomchat_delivery_lag_seconds_count"], 1, 4);   // several events may be sent at once
        Assert.InRange(measured["roomchat_delivery_lag_seconds_sum"], 0.0000001, 60);
        Assert.Equal(1, measured["roomchat_refusals_total code=room-not-found"]);
        Assert.Contains("dotnet_gc_collections_total gc_heap_generation=gen0", measured);
        Assert.Contains(
            measured.Keys, name => name.StartsWith("target_info service_name=roomchat ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "Forwarded: for=203.0.113.9")]
    [InlineData("", "Via: 1.1 proxy")]
    [InlineData("", "X-Forwarded-For: 203.0.113.9")]
    [InlineData("", "X-Real-IP: 203.0.113.9")]
    [InlineData("--RoomChat:Proxies=127.0.0.1", "X-Forwarded-For: 203.0.113.9")]
    [InlineData("--RoomChat:Proxies=127.0.0.1", "X-Forwarded-For: 127.0.0.1")]
    [InlineData("--RoomChat:MetricsFrom=203.0.113.9", "X-Forwarded-For: 203.0.113.9")]
    public async Task WhoComesThroughAProxyGetsNone(string setting, string header)
    {
        using var server = await ServerProcess.ListeningAsync(
            ["--RoomChat:Metrics=true", .. setting is "" ? [] : new[] { setting }]);

        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(server, header)).Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(server, "X-Prometheus-Scrape-Timeout-Seconds: 10")).Status);
    }

    [Fact]
    [CoversSetting<NetworkSettings>(nameof(NetworkSettings.MetricsFrom))]
    public async Task OthersGetThemFromTheNetworksThatAreNamed()
    {
        using var server = await ServerProcess.ListeningAsync(
            "--RoomChat:Metrics=true", "--RoomChat:MetricsFrom=10.1.0.0/16 2001:db8::7",
            "--RoomChat:Proxies=127.0.0.1");

        Assert.Equal(HttpStatusCode.OK, (await GetAsync(server, "X-Forwarded-For: 10.1.2.3")).Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(server, "X-Forwarded-For: 2001:db8::7")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(server, "X-Forwarded-For: 10.2.2.3")).Status);
    }

    /// <summary>Most proxies append the address of the client to what it has sent.</summary>
    [Fact]
    public async Task WhoOpensAQuoteDoesNotPassForTheProxy()
    {
        using var server = await ServerProcess.ListeningAsync(
            "--RoomChat:Metrics=true", "--RoomChat:MetricsFrom=127.0.0.0/8", "--RoomChat:Proxies=127.0.0.1");

        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(server, "X-Forwarded-For: \", 203.0.113.9")).Status);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "/v1/metrics")]
    public async Task MetricsAreExportedByTheStandardVariables(string variable, string path)
    {
        using var collector = new HttpListener();
        var address = ServerProcess.FreeAddress();
        collector.Prefixes.Add($"{address}");
        collector.Start();

        using var server = await ServerProcess.ListeningAsync(
            "--RoomChat:Metrics=true", $"{variable}={address.GetLeftPart(UriPartial.Authority)}{path}",
            "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "OTEL_METRIC_EXPORT_INTERVAL=200",
            "OTEL_SERVICE_NAME=tea-room");

        await Wait.UntilAsync(
            async () =>
            {
                var (exportPath, body) = await TakeAsync(collector);
                Assert.Equal("/v1/metrics", exportPath);
                return body.Contains("tea-room", StringComparison.Ordinal)
                    && body.Contains("roomchat.rooms", StringComparison.Ordinal);
            },
            "the rooms of the tea-room");
    }

    [Fact]
    public async Task TheDashboardShowsWhatIsMeasured()
    {
        using var redis = new RedisServer();
        using var server = await ServerProcess.ListeningAsync(
            "--RoomChat:Metrics=true", $"--RoomChat:Redis={redis.Setting}");
        await using var ana = await TalkAsync(server.Address);

        var measured = Measured((await GetAsync(server)).Text);
        var dashboard = await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "../../../../../deploy/grafana.json"),
            TestContext.Current.CancellationToken);
        var names = MetricName().Matches(dashboard).Select(match => match.Value).ToHashSet();
        Assert.True(names.Count > 10);
        Assert.All(names, name => Assert.Contains(measured.Keys, key => key.Split(' ')[0] == name));
        Assert.All(
            measured.Keys.Where(key => key.StartsWith("roomchat_", StringComparison.Ordinal)),
            key => Assert.Contains(Part().Replace(key.Split(' ')[0], ""), dashboard, StringComparison.Ordinal));
        Assert.InRange(measured["roomchat_append_duration_seconds_count"], 4, 10);
    }

    /// <summary>A member by hub and one by HTTP read each other; then the one looks for another room.</summary>
    private static async Task<ChatClient> TalkAsync(Uri server)
    {
        var ana = await ChatClient.ConnectAsync(server);
        var room = await ana.CreateRoomAsync();
        await ana.JoinAsync(room, "ana");
        using var bot = await ApiClient.OfAsync(server);
        await bot.JoinAsync(room, "bot");
        await ana.SendAsync("hi");
        await ana.WaitForSeqAsync(await bot.PostMessageAsync("hello"));
        await bot.ReadAsync();
        await bot.PostAsync("/api/rooms/222222/members", new { name = "bot" });
        return ana;
    }

    private static async Task<(HttpStatusCode Status, string Text)> GetAsync(
        ServerProcess server, params string[] headers)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        foreach (var header in headers) http.DefaultRequestHeaders.Add(header.Split(": ")[0], header.Split(": ")[1]);
        using var answer = await http.GetAsync("/metrics", TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>By name and labels, without those of the scope.</summary>
    private static Dictionary<string, double> Measured(string text) => text
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(line => line[0] != '#')
        .Select(line => Sample().Match(line).Groups)
        .ToDictionary(
            parts => string.Join(' ', Label().Matches(parts["labels"].Value)
                .Select(label => $"{label.Groups["name"]}={label.Groups["value"]}")
                .Where(label => !label.StartsWith("otel_", StringComparison.Ordinal))
                .Prepend(parts["name"].Value)),
            parts => double.Parse(parts["value"].Value, CultureInfo.InvariantCulture));

    private static async Task<(string Path, string Body)> TakeAsync(HttpListener collector)
    {
        var export = await collector.GetContextAsync().Soon();
        using var reader = new StreamReader(export.Request.InputStream, Encoding.Latin1);
        var body = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        export.Response.Close();
        return (export.Request.Url!.AbsolutePath, body);
    }

    [GeneratedRegex("""(roomchat|dotnet)_[a-z_]+""")]
    private static partial Regex MetricName();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Part();

    [GeneratedRegex("""^(?<name>[a-z_:]+)(\{(?<labels>.*)\})? (?<value>\S+)( [0-9]+)?$""")]
    private static partial Regex Sample();

    [GeneratedRegex("""(?<name>\w+)="(?<value>[^"]*)",?""")]
    private static partial Regex Label();
}
