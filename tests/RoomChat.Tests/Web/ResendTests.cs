using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Web;

/// <summary>What was sent before and is asked for again is limited in bytes.</summary>
public sealed class ResendTests : IAsyncDisposable
{
    private const int PerMinute = 4 << 20;      // of an address; 256 KB of a seat
    private readonly TestClock _clock = new();
    private readonly ChatServer _server;
    private readonly string _room;

    public ResendTests()
    {
        // While the clock is put forward, a client that has not read yet is not slow.
        _server = new ChatServer(
            services => services.AddSingleton<TimeProvider>(_clock),
            ("Limits:ResentBytesPerMinute", $"{PerMinute}"), ("Limits:SeatSeconds", "600"),
            ("Limits:SlowMemberSeconds", "600"), ("Proxies", "127.0.0.1"));
        _room = _server.Lobby.Create().OrFail().Code.ToString();
        var author = _server.Lobby.Join(new JoinAttempt(_room, "author"), new TestReader()).OrFail().Member;
        for (var n = 0; n < 120; n++)
        {
            author.Post(new string('é', 500));
            _clock.AdvanceSeconds(1);
        }
    }

    [Fact]
    [CoversSetting<Limits>(nameof(Limits.ResentBytesPerMinute))]
    public async Task AProgramThatReadsTheHistoryAgainAndAgainHasToWait()
    {
        using var program = await ApiClient.JoinedAsync(_server, _room, "bot");
        var path = $"/api/rooms/{_room}/events";
        var answers = new List<ApiAnswer>();
        while (answers.Count < 20) answers.Add(await program.GetAsync(path));

        Assert.InRange(answers.Count(answer => answer.Status == 200), 2, 4);
        var limited = answers[^1];
        Assert.Equal((429, "rate-limited"), (limited.Status, limited.Code));
        _clock.AdvanceSeconds((limited.Body.GetProperty("retryAfterMs").GetInt32() / 1000) + 1);
        Assert.Equal(200, (await program.GetAsync(path)).Status);
    }

    [Fact]
    public async Task AResponseHoldsAtMostAbout256KilobytesAndReadingOnIsNotLimited()
    {
        using var program = await ApiClient.JoinedAsync(_server, _room, "bot");
        long? after = null;
        var (texts, longest) = (0, 0);
        for (ApiAnswer page; (page = await program.ReadAsync(after)).Events.Count > 0; after = page.Seq)
        {
            texts += page.Texts.Count;
            longest = Math.Max(longest, page.Body.GetRawText().Length);
        }

        Assert.Equal(120, texts);
        Assert.InRange(longest, 16 << 10, 260 << 10);
    }

    [Fact]
    public async Task WhoComesBackAgainAndAgainHasToWaitAndNobodyElse()
    {
        using var eve = await RawClient.ConnectAsync(_server.Address, ("X-Forwarded-For", "192.0.2.1"));
        using var bo = await RawClient.ConnectAsync(_server.Address, ("X-Forwarded-For", "192.0.2.2"));
        Task<string> JoinAsync(RawClient client, string name) =>
            client.CallAsync("JoinRoom", $$"""{"room":"{{_room}}","name":"{{name}}"}""");
        Assert.Contains("\"seat\":", await JoinAsync(eve, "eve"), StringComparison.Ordinal);
        Assert.Contains("\"seat\":", await JoinAsync(bo, "bo"), StringComparison.Ordinal);

        var returned = 0;
        while ((await JoinAsync(eve, "eve")).Contains("\"seat\":", StringComparison.Ordinal))
            Assert.True(++returned < 5);

        Assert.InRange(returned, 1, 3);
        Assert.Contains("\"seat\":", await JoinAsync(bo, "bo"), StringComparison.Ordinal);
        _clock.AdvanceSeconds(120);
        Assert.Contains("\"seat\":", await JoinAsync(eve, "eve"), StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
