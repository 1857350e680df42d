using System.Net;
using System.Text.RegularExpressions;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Pages;

public sealed partial class HomePageTests : IAsyncDisposable
{
    private const string Room = "K0M1QX";
    private readonly ChatServer _server = new();
    private readonly Visitor _visitor;

    public HomePageTests() => _visitor = new Visitor(_server);

    [Fact]
    public async Task TheHomePageOffersToCreateAndToJoin()
    {
        var page = await _visitor.GetAsync("/");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var html = await Visitor.ReadAsync(page);
        Assert.Contains("Create a room", html, StringComparison.Ordinal);
        Assert.Contains("Join by code", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreatingRedirectsToTheNewRoomWithoutTheNameInALinkOrCookie()
    {
        var answer = await _visitor.SubmitAsync("Create", ("Name", "Anastasia"));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Matches("^/r/[0-9A-HJKMNP-TV-Z]{6}$", answer.Headers.Location?.ToString());
        Assert.DoesNotContain("Anastasia", answer.Headers.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Equal(HttpStatusCode.OK, (await _visitor.GetAsync(answer.Headers.Location!.ToString())).StatusCode);
    }

    [Theory]
    [InlineData("", "Enter a name that others will see.")]
    [InlineData("a name of twenty-one!", "That name cannot be used here.")]
    [InlineData("<b>\"far too long\"</b>", "That name cannot be used here.")]
    [InlineData("a\u202eb", "That name cannot be used here.")]
    public async Task AnInvalidNameIsKeptInTheFormWithTheReason(string name, string reason)
    {
        var answer = await _visitor.SubmitAsync("Create", ("Name", name));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var html = await Visitor.ReadAsync(answer);
        Assert.Contains(reason, html, StringComparison.Ordinal);
        Assert.Contains($"value=\"{Encoded(name)}\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreatingWithTheNameOfAnAccountIsRefusedBeforeThereIsARoom()
    {
        using var program = await ApiClient.OfAsync(_server);
        await program.SignUpAsync("Anastasia");

        var answer = await _visitor.SubmitAsync("Create", ("Name", "anastasia"));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("belongs to an account", await Visitor.ReadAsync(answer), StringComparison.Ordinal);
        Assert.Equal(0, _server.Lobby.Rooms);
    }

    [Theory]
    [InlineData("K0M1QX")]
    [InlineData("k0m1qx")]
    [InlineData(" kO m-LqX ")]
    [InlineData("room K0M1QX")]
    [InlineData("Room: k0m 1qx")]
    [InlineData("#K0M1QX")]
    [InlineData("\"K0M1QX\".")]
    [InlineData("“kom-lqx”!")]
    [InlineData("Come to https://chat.example.org/r/K0M1QX?from=mail now")]
    public async Task JoiningRedirectsToTheRoomHoweverItsCodeIsTyped(string typed)
    {
        _server.Lobby.Reopen(Room);

        var answer = await _visitor.SubmitAsync("Join", ("Name", "Anastasia"), ("Code", typed));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal($"/r/{Room}", answer.Headers.Location?.ToString());
    }

    [Theory]
    [InlineData("", 400, "A code is six letters and digits")]
    [InlineData("K7M2Q", 400, "A code is six letters and digits")]
    [InlineData("<script>", 400, "A code is six letters and digits")]
    [InlineData("K0M1QX room", 400, "A code is six letters and digits")]
    [InlineData("000000", 404, "There is no room with that code.")]
    public async Task AnUnknownCodeIsKeptInTheFormWithTheReason(string code, int status, string reason)
    {
        var answer = await _visitor.SubmitAsync("Join", ("Name", "ana & bo"), ("Code", code));

        Assert.Equal(status, (int)answer.StatusCode);
        var html = await Visitor.ReadAsync(answer);
        Assert.Contains(reason, html, StringComparison.Ordinal);
        Assert.Contains($"value=\"{Encoded(code)}\"", html, StringComparison.Ordinal);
        Assert.Contains("value=\"ana &amp; bo\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Create")]
    [InlineData("Join")]
    public async Task AFormWithoutItsTokenIsRefusedWithAnExplanation(string handler)
    {
        var answer = await _visitor.PostAsync(handler, ("Name", "ana"), ("Code", Room));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("That form has expired", await Visitor.ReadAsync(answer), StringComparison.Ordinal);
        Assert.Equal(0, _server.Lobby.Rooms);
    }

    [Fact]
    public async Task OfRememberedRoomsItSaysHowManyAreThereAndWhichAreGone()
    {
        const string other = "K0M1QY";
        _server.Lobby.Reopen(Room);
        _server.Lobby.Reopen(other);
        var query = $"/?handler=Rooms&proof={await ProofAsync(Room)}&proof={await ProofAsync(other)}";
        var member = _server.Lobby.Join(new JoinAttempt(other, "ana"), new TestReader()).OrFail().Member;

        Assert.Equal("[0,1]", await _visitor.ReadAsync(query));
        await member.Room.CloseAsync(member);
        Assert.Equal("[0,null]", await _visitor.ReadAsync(query));
    }

    [Fact]
    public async Task RememberedRoomsDoNotHelpToGuessCodesAndCountAsNoGuess()
    {
        await using var server = new ChatServer(("Limits:GuessesPerMinute", "1"));
        server.Lobby.Reopen(Room);
        using var visitor = new Visitor(server);

        var answer = await visitor.ReadAsync($"/?handler=Rooms&proof={Room}&proof=000001&proof=");

        Assert.Equal("[null,null,null]", answer);
        Assert.Contains(Room, await visitor.ReadAsync($"/r/{Room}"), StringComparison.Ordinal);
    }

    private async Task<string> ProofAsync(string room) =>
        Proof().Match(await _visitor.ReadAsync($"/r/{room}")).Groups["proof"].Value;

    [GeneratedRegex("data-proof=\"(?<proof>[^\"]+)\"")]
    private static partial Regex Proof();

    private static string Encoded(string text) => System.Text.Encodings.Web.HtmlEncoder.Default.Encode(text);

    public async ValueTask DisposeAsync()
    {
        _visitor.Dispose();
        await _server.DisposeAsync();
        _server.AssertNoWarningsLogged();
    }
}
