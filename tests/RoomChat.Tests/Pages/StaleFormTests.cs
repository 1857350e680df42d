using System.Net;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Pages;

public sealed class StaleFormTests
{
    private const string Sentence = "please send it once more";

    [Theory]
    [InlineData("Create")]
    [InlineData("Join")]
    public async Task AFormLeftOpenAcrossARestartIsShownAgain(string handler)
    {
        using var browser = new HttpClient();       // keeps its cookies
        string old;
        using (var before = new ChatServer()) old = await FormAsync(browser, before);
        using var server = new ChatServer();
        server.Lobby.Reopen("K0M1QX");

        var answer = await SendAsync(browser, server, handler, old);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.EndsWith("/?again=", answer.RequestMessage?.RequestUri?.ToString(), StringComparison.Ordinal);
        var html = await Visitor.ReadAsync(answer);
        Assert.Contains(Sentence, html, StringComparison.Ordinal);
        Assert.Equal(1, server.Lobby.Rooms);

        var again = await SendAsync(browser, server, handler, Visitor.TokenIn(html));
        Assert.StartsWith("/r/", again.RequestMessage?.RequestUri?.AbsolutePath, StringComparison.Ordinal);
        server.AssertNoWarningsLogged();
    }

    [Fact]
    public async Task AFreshPageDoesNotMentionAStaleForm()
    {
        using var server = new ChatServer();
        using var visitor = new Visitor(server);

        Assert.DoesNotContain(Sentence, await visitor.ReadAsync("/"), StringComparison.Ordinal);
    }

    private static async Task<string> FormAsync(HttpClient browser, ChatServer server) =>
        Visitor.TokenIn(await browser.GetStringAsync(server.Address, TestContext.Current.CancellationToken).Soon());

    private static Task<HttpResponseMessage> SendAsync(
        HttpClient browser, ChatServer server, string handler, string token) =>
        browser.PostAsync(
            new Uri(server.Address, $"/?handler={handler}"),
            new FormUrlEncodedContent(
                [new("Name", "ana"), new("Code", "K0M1QX"), new("__RequestVerificationToken", token)]),
            TestContext.Current.CancellationToken).Soon();
}
