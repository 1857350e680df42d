using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Web;

/// <summary>All endpoints that reveal whether a room exists share one limit.</summary>
public sealed partial class GuessTests : IAsyncDisposable
{
    private const string Live = "K7M2QX";
    private readonly ChatServer _server = new(("Limits:GuessesPerMinute", "10"), ("Proxies", "127.0.0.1"));

    public GuessTests() => _server.Lobby.Reopen(Live);

    public static TheoryData<string> Endpoints =>
    [
        "hub JoinRoom", "hub ReopenRoom", "GET /r/{0}", "form",
        "GET /api/rooms/{0}", "POST /api/rooms", "POST /api/rooms/{0}/members", "GET /api/rooms/{0}/events",
        "POST /api/rooms/{0}/messages",
        "DELETE /api/rooms/{0}/members/me",
    ];

    [Theory]
    [MemberData(nameof(Endpoints))]
    [CoversSetting<Limits>(nameof(Limits.GuessesPerMinute))]
    public async Task TheEleventhUnknownCodeIsRateLimitedOnEveryEndpoint(string endpoint)
    {
        for (var n = 0; n < 10; n++)
            Assert.DoesNotMatch("^429 ", await AskAsync("10.0.0.1", "GET /api/rooms/{0}", $"00000{n}"));

        foreach (var code in new[] { "00000A", Live })
            Assert.StartsWith("429 ", await AskAsync("10.0.0.1", endpoint, code), StringComparison.Ordinal);
        Assert.DoesNotMatch("^429 ", await AskAsync("10.0.0.2", endpoint, Live));
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task GuessesOnEveryEndpointCount(string endpoint)
    {
        for (var n = 0; n < 10; n++)
            Assert.DoesNotMatch("^429 ", await AskAsync("10.0.0.1", endpoint, $"00000{n}"));

        Assert.StartsWith("429 ", await AskAsync("10.0.0.1", "GET /api/rooms/{0}", "00000A"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARateLimitedGuesserIsShownTheRoomPageSoThatSeatsCanReturnAndTheFormExplainsTheLimit()
    {
        for (var n = 0; n < 10; n++) await AskAsync("10.0.0.1", "GET /r/{0}", $"00000{n}");

        foreach (var code in new[] { "00000A", Live })
            Assert.Contains(
                $"data-room=\"{code}\"", await AskAsync("10.0.0.1", "GET /r/{0}", code), StringComparison.Ordinal);
        Assert.Contains("That was too fast.", await AskAsync("10.0.0.1", "form", Live), StringComparison.Ordinal);
    }

    /// <summary>A browser that was shown a room may ask how many are there, which counts as no guess.</summary>
    [Fact]
    public async Task ARateLimitedGuesserIsShownNoProofOfARoom()
    {
        Assert.NotEqual("", Proof().Match(await AskAsync("10.0.0.1", "GET /r/{0}", Live)).Groups["proof"].Value);
        for (var n = 0; n < 10; n++) await AskAsync("10.0.0.1", "GET /r/{0}", $"00000{n}");

        foreach (var code in new[] { "00000A", Live })
            Assert.Equal("", Proof().Match(await AskAsync("10.0.0.1", "GET /r/{0}", code)).Groups["proof"].Value);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _server.AssertNoWarningsLogged();
    }

    /// <summary>The status and the body; for the hub, 429 stands for its refusal.</summary>
    private async Task<string> AskAsync(string from, string endpoint, string code)
    {
        if (endpoint.Split(' ') is ["hub", var method])
        {
            using var raw = await RawClient.ConnectAsync(_server.Address, ("X-Forwarded-For", from));
            var answer = await raw.CallAsync(method, $$"""{"room":"{{code}}","name":"eve"}""");
            return answer.Contains("\"refused\":\"rate-limited\"", StringComparison.Ordinal)
                && answer.Contains("retryAfterMs", StringComparison.Ordinal)
                ? $"429 {answer}"
                : answer;
        }
        using var http =
            new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = _server.Address };
        http.DefaultRequestHeaders.Add("X-Forwarded-For", from);
        using var response = endpoint == "form" ? await SubmitAsync(http, code) : await SendAsync(http, endpoint, code);
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
            Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return $"{(int)response.StatusCode} {text}";
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, string endpoint, string code)
    {
        var method = endpoint.Split(' ')[0];
        var path = string.Format(System.Globalization.CultureInfo.InvariantCulture, endpoint.Split(' ')[1], code);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "0123456789abcdef0123456789abcdef");
        var body = path == "/api/rooms"
            ? $$"""{"room":"{{code}}"}"""
            : path.EndsWith("members", StringComparison.Ordinal) ? """{"name":"eve"}""" : """{"text":"hi"}""";
        if (method == "POST") request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await http.SendAsync(request, TestContext.Current.CancellationToken).Soon();
    }

    private static async Task<HttpResponseMessage> SubmitAsync(HttpClient http, string code)
    {
        var token = Visitor.TokenIn(await http.GetStringAsync("/", TestContext.Current.CancellationToken).Soon());
        using var form = new FormUrlEncodedContent([new("Code", code), new("__RequestVerificationToken", token)]);
        return await http.PostAsync("/?handler=Join", form, TestContext.Current.CancellationToken).Soon();
    }

    [GeneratedRegex("data-proof=\"(?<proof>[^\"]*)\"")]
    private static partial Regex Proof();
}
