using System.Text.RegularExpressions;
using RoomChat.Tests.Support;
using RoomChat.Web;

namespace RoomChat.Tests.Web;

/// <summary>A server below a path, whether or not the proxy in front takes the path away.</summary>
public sealed partial class PathBaseTests : IDisposable
{
    private readonly ChatServer _server = new(("PathBase", "/some/chat"));
    private readonly Visitor _visitor;

    public PathBaseTests() => _visitor = new Visitor(_server);

    [Theory]
    [CoversSetting<NetworkSettings>(nameof(NetworkSettings.PathBase))]
    [InlineData("/")]
    [InlineData("/r/K0M1QX")]
    [InlineData("/r/000000")]
    [InlineData("/account/sign-in")]
    [InlineData("/account/sign-up")]
    [InlineData("/nothing")]
    [InlineData("/offline")]
    [InlineData("/manifest.webmanifest")]
    public async Task EveryLinkOfAPageIsBelowIt(string path)
    {
        _server.Lobby.Reopen("K0M1QX");
        foreach (var start in new[] { "/some/chat", "" })
        {
            var page = await _visitor.ReadAsync(start + path);
            var links = Link().Matches(page).Select(match => match.Groups["path"].Value).ToArray();

            Assert.NotEmpty(links);
            Assert.All(links, link => Assert.StartsWith("/some/chat/", link, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task FormsRedirectsCookiesAndTheApiAreBelowItToo()
    {
        var answer = await _visitor.SubmitAsync(
            "/some/chat/account/sign-up", "/some/chat/account/sign-up", ("Name", "ana"), ("Password", "correct horse"));

        Assert.Equal("/some/chat", answer.Headers.Location?.ToString());
        Assert.All(
            answer.Headers.GetValues("Set-Cookie"),
            cookie => Assert.Contains("; path=/some/chat;", cookie, StringComparison.Ordinal));
        using var program = await ApiClient.OfAsync(_server);
        var created = await program.PostAsync("/api/rooms");
        Assert.StartsWith("/some/chat/api/rooms/", $"{created.Raw.Headers.Location}", StringComparison.Ordinal);
        Assert.Contains("/some/chat/r/", created.Body.GetProperty("url").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("/")]
    [InlineData("/chat/")]
    [InlineData("//evil.example")]
    [InlineData("/a b")]
    public void APathThatIsNoneStopsTheStart(string path)
    {
        var outcome = new NetworkSettings().Validate(null, new NetworkSettings { PathBase = path });

        Assert.Equal($"RoomChat:PathBase is {path}; it must be like /chat.", outcome.FailureMessage);
    }

    public void Dispose()
    {
        _visitor.Dispose();
        _server.Dispose();
    }

    [GeneratedRegex("""(?:href|src|action|_url|url|id)"?[=:]\s*"(?<path>/[^"]*)|"(?<path>/[^"]*\.js)""")]
    private static partial Regex Link();
}
