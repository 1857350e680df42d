using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using RoomChat.Pages;
using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Pages;

public sealed partial class RoomPageTests : IAsyncDisposable
{
    private const string Room = "K0M1QX";
    private readonly ChatServer _server = new();
    private readonly Visitor _visitor;

    public RoomPageTests()
    {
        _visitor = new Visitor(_server);
        _server.Lobby.Reopen(Room);
    }

    [Theory]
    [InlineData("k0m1qx")]
    [InlineData("KOMLQX")]
    [InlineData("%20k0%20m1-qx")]
    public async Task ALinkTypedInAnotherWayRedirectsToTheCanonicalLinkOfTheRoom(string typed)
    {
        var answer = await _visitor.GetAsync($"/r/{typed}");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal($"/r/{Room}", answer.Headers.Location?.ToString());
    }

    [Theory]
    [InlineData("000000", "000<span>000</span>")]
    [InlineData("K7M2Q!", "K7M2Q!")]
    [InlineData("%3Cscript%3E", "&lt;script&gt;")]
    [InlineData("WWWWWWWWWWWWWWWWWWWWWWWWWW", "WWWWWWWWWWWWWWWWWWWW…")]
    public async Task ALinkToNoRoomSaysSoAndOffersToCreateOne(string code, string shown)
    {
        var answer = await _visitor.GetAsync($"/r/{code}");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var html = await Visitor.ReadAsync(answer);
        Assert.Contains($"There is no room <span class=\"code\">{shown}</span>", html, StringComparison.Ordinal);
        Assert.Contains("Create a new room", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/r")]
    [InlineData("/r/K0M1QX/more")]
    [InlineData("/js/nothing.js")]
    public async Task AnUnknownAddressShowsAPageThatSaysSo(string path)
    {
        var answer = await _visitor.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("Page not found", await Visitor.ReadAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheErrorPageRenders() =>
        Assert.Contains("Something went wrong", await _visitor.ReadAsync("/error"), StringComparison.Ordinal);

    [Fact]
    public async Task EveryScriptAndStyleOfTheRoomPageHasANameThatChangesWithItsContent()
    {
        var links = Links()
            .Matches(await _visitor.ReadAsync($"/r/{Room}"))
            .Select(link => link.Groups["link"].Value)
            .ToList();

        Assert.Contains(links, link => link.StartsWith("/js/room.", StringComparison.Ordinal));
        Assert.Contains(links, link => link.StartsWith("/css/site.", StringComparison.Ordinal));
        foreach (var link in links)
        {
            Assert.Matches("""\.[a-z0-9]{10}\.(js|css|svg)$""", link);
            Assert.Equal(HttpStatusCode.OK, (await _visitor.GetAsync(link)).StatusCode);
        }
    }

    [Fact]
    public async Task NoPageHasInlineScriptsOrStylesExceptTheImportMapAndItsWords()
    {
        foreach (var path in new[] { "/", $"/r/{Room}", "/r/000000", "/nothing", "/error" })
        {
            var page = await _visitor.ReadAsync(path);
            Assert.DoesNotMatch("""(?i)<style|\son\w+=|\sstyle=|javascript:""", page);
            Assert.DoesNotMatch(
                """(?i)<script(?! type="(importmap"|application/json" id="words")>)(?![^>]* src=)""", page);
            Assert.Single(ImportMaps().Matches(page));
        }
    }

    [Fact]
    public async Task TheIconOfARoomHasTheHueThatItsPageHas()
    {
        var page = await _visitor.ReadAsync($"/r/{Room}");
        var hue = Hues().Match(page).Groups["hue"].Value;
        var icon = await _visitor.GetAsync(RoomIcons().Match(page).Groups["link"].Value);

        Assert.Equal("image/svg+xml; charset=utf-8", icon.Content.Headers.ContentType?.ToString());
        Assert.Contains($" {hue})", await Visitor.ReadAsync(icon), StringComparison.Ordinal);
    }

    [Fact]
    public void NoRoomHasTheColourOfErrorsOrOfMud()
    {
        var hues = Enumerable.Range(0, 500).Select(_ => RoomColor.HueOf(Code.New())).Distinct().ToList();

        Assert.InRange(hues.Count, 10, 12);
        Assert.DoesNotContain(hues, hue => hue is (> 15 and < 45) or (> 60 and < 115));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(9, "9")]
    [InlineData(10, "9+")]
    public async Task TheIconOfARoomCountsWhatIsUnread(int unread, string? shown)
    {
        var icon = XDocument.Parse(await _visitor.ReadAsync($"/r/{Room}?handler=Icon&unread={unread}"));

        Assert.Equal(shown, icon.Root!.Elements().LastOrDefault(part => part.Name.LocalName == "text")?.Value.Trim());
    }

    [Fact]
    public async Task ThePolicyAllowsTheImportMapByHashAndTheMapNamesEveryModule()
    {
        var answer = await _visitor.GetAsync("/");
        var map = ImportMaps().Match(
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Groups["map"].Value;

        Assert.Contains($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(map)))}'",
            Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        var names = JsonDocument.Parse(map).RootElement
            .GetProperty("imports")
            .EnumerateObject()
            .ToDictionary(name => name.Name, name => name.Value.GetString()!);
        Assert.Contains("/js/state.js", names.Keys);
        foreach (var (plain, kept) in names)
            Assert.Equal(await _visitor.ReadAsync(plain), await _visitor.ReadAsync(kept));
    }

    [GeneratedRegex("""<script type="importmap">(?<map>.*?)</script>""")]
    private static partial Regex ImportMaps();

    [GeneratedRegex("""<html lang="en" dir="ltr" data-hue="(?<hue>\d+)"\s""")]
    private static partial Regex Hues();

    [GeneratedRegex("""<link rel="icon" href="(?<link>[^"]+)""")]
    private static partial Regex RoomIcons();

    [GeneratedRegex("""(src|href)="(?<link>/[^"]+\.(js|css|svg))""")]
    private static partial Regex Links();

    public async ValueTask DisposeAsync()
    {
        _visitor.Dispose();
        await _server.DisposeAsync();
        _server.AssertNoWarningsLogged();
    }
}
