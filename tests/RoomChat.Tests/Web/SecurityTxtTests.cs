using System.Globalization;
using System.Text.RegularExpressions;
using RoomChat.Tests.Support;
using RoomChat.Web;

namespace RoomChat.Tests.Web;

public sealed class SecurityTxtTests
{
    private const string Path = "/.well-known/security.txt";

    [CoversSetting<NetworkSettings>(nameof(NetworkSettings.SecurityContact))]
    [Fact]
    public async Task ItNamesEachContactAndEndsWithinAYear()
    {
        var clock = new TestClock();
        await using var server = new ChatServer(
            services => services.AddSingleton<TimeProvider>(clock),
            ("SecurityContact", "mailto:security@example.org, https://example.org/report"));
        using var visitor = new Visitor(server);

        var answer = await visitor.GetAsync(Path);

        Assert.Equal("text/plain; charset=utf-8", $"{answer.Content.Headers.ContentType}");
        var parts = Regex.Match(
            await Visitor.ReadAsync(answer),
            "^Contact: mailto:security@example.org\nContact: https://example.org/report\nExpires: (.+Z)\n$");
        var left = DateTimeOffset.Parse(parts.Groups[1].Value, CultureInfo.InvariantCulture) - clock.GetUtcNow();
        Assert.InRange(left.TotalDays, 30, 365);
    }

    [Fact]
    public async Task WithoutAContactThereIsNone()
    {
        await using var server = new ChatServer();
        using var visitor = new Visitor(server);

        Assert.Equal(404, (int)(await visitor.GetAsync(Path)).StatusCode);
    }

    [Theory]
    [InlineData("security@example.org")]
    [InlineData("http://example.org")]
    [InlineData("javascript:alert(1)")]
    public void AContactThatIsNoAddressOfThatKindStopsTheStart(string contact) =>
        Assert.StartsWith(
            "RoomChat:SecurityContact has ",
            new NetworkSettings().Validate(null, new NetworkSettings { SecurityContact = contact }).FailureMessage,
            StringComparison.Ordinal);
}
