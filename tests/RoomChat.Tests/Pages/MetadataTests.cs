using RoomChat.Tests.Support;

namespace RoomChat.Tests.Pages;

/// <summary>What search engines and the previews of shared links are told.</summary>
public sealed class MetadataTests : IAsyncDisposable
{
    private const string Room = "K0M1QX", NoIndex = """<meta name="robots" content="noindex">""";
    private readonly ChatServer _server = new();
    private readonly Visitor _visitor;

    public MetadataTests() => _visitor = new Visitor(_server);

    [Fact]
    public async Task RoomsAreKeptOutOfIndexesAndTheHomePageIsNot()
    {
        _server.Lobby.Reopen(Room);

        // A page that is not read may be listed all the same, by its address, which is the code.
        Assert.DoesNotContain("Disallow", await _visitor.ReadAsync("/robots.txt"), StringComparison.Ordinal);
        foreach (var path in new[] { $"/r/{Room}", "/r/000000" })
        {
            var page = await _visitor.GetAsync(path);
            Assert.Equal("noindex", Assert.Single(page.Headers.GetValues("X-Robots-Tag")));
            Assert.Contains(NoIndex, await Visitor.ReadAsync(page), StringComparison.Ordinal);
        }
        var home = await _visitor.GetAsync("/");
        Assert.False(home.Headers.Contains("X-Robots-Tag"));
        Assert.DoesNotContain(NoIndex, await Visitor.ReadAsync(home), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/account/sign-in")]
    public async Task APageIsDescribed(string path) =>
        Assert.Contains("""<meta name="description" content="Create a room,""", await _visitor.ReadAsync(path),
            StringComparison.Ordinal);

    [Fact]
    public async Task TheCardOfASharedLinkSaysNothingButTheCode()
    {
        _server.Lobby.Reopen(Room);
        var member = _server.Lobby.Join(new JoinAttempt(Room, "Anastasia"), new TestReader()).OrFail().Member;
        member.NameRoom("Secret plans").OrFail();

        var page = await _visitor.ReadAsync($"/r/{Room}");

        Assert.Contains($"""<meta property="og:title" content="Room {Room} · RoomChat">""", page,
            StringComparison.Ordinal);
        Assert.DoesNotContain("Anastasia", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Secret plans", page, StringComparison.Ordinal);
        Assert.DoesNotContain("og:", await _visitor.ReadAsync("/r/000000"), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        _visitor.Dispose();
        await _server.DisposeAsync();
        _server.AssertNoWarningsLogged();
    }
}
