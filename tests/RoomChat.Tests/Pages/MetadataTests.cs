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

        Assert.Contains("Disallow: /r/", await _visitor.ReadAsync("/robots.txt"), StringComparison.Ordinal);
        foreach (var path in new[] { $"/r/{Room}", "/r/000000" })
            Assert.Contains(NoIndex, await _visitor.ReadAsync(path), StringComparison.Ordinal);
        Assert.DoesNotContain(NoIndex, await _visitor.ReadAsync("/"), StringComparison.Ordinal);
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
