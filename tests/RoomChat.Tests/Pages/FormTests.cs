using System.Net;
using RoomChat.Tests.Support;
using RoomChat.Tests.Web;

namespace RoomChat.Tests.Pages;

/// <summary>Incomplete and oversized forms.</summary>
public sealed class FormTests : IAsyncDisposable
{
    private const string UrlEncoded = "application/x-www-form-urlencoded",
        Multipart = "multipart/form-data; boundary=x";
    private readonly ChatServer _server = new();

    [Theory]
    [InlineData(UrlEncoded, "Content-Length: 100", "Name=a")]
    [InlineData(UrlEncoded, "Transfer-Encoding: chunked", "64\r\nName=a")]
    [InlineData(Multipart, "Content-Length: 100", "--x\r\nContent-Dis")]
    [InlineData(Multipart, "Transfer-Encoding: chunked", "64\r\n--x\r\n")]
    public async Task ABrowserThatDisconnectsMidFormLogsNoError(string type, string length, string begun)
    {
        using var polite = await BeginAsync(type, length, begun);
        polite.Finish();
        await polite.UntilClosedAsync();

        using (var rude = await BeginAsync(type, length, begun)) rude.Reset();

        using var visitor = new Visitor(_server);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.SubmitAsync("Create", ("Name", "ana"))).StatusCode);
    }

    [Theory]
    [InlineData("/?handler=Create")]
    [InlineData("/r/000000")]
    [InlineData("/nothing")]
    public async Task AHugeFormIsRefused(string path)
    {
        using var http = new HttpClient { BaseAddress = _server.Address };

        var answer = await http.PostAsync(
            path,
            new FormUrlEncodedContent([new("Name", new string('x', 1 << 20))]),
            TestContext.Current.CancellationToken).Soon();

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        SecurityHeadersTests.AssertGuarded(answer);
    }

    [Fact]
    public async Task AFormOfAThousandFieldsIsRefused()
    {
        using var visitor = new Visitor(_server);

        var answer = await visitor.SubmitAsync("Create", [.. Enumerable.Range(0, 1_100).Select(n => ($"{n}", ""))]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, _server.Lobby.Rooms);
    }

    [Theory]
    [InlineData("ana%FF")]
    [InlineData("ana%ED%A0%80")]
    public async Task ANameThatIsNoTextIsRefusedAndNotAltered(string name)
    {
        using var visitor = new Visitor(_server);

        var answer = await visitor.SubmitEncodedAsync("Create", $"Name={name}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(
            "aria-invalid=\"true\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.Equal(0, _server.Lobby.Rooms);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _server.AssertNoWarningsLogged();
    }

    /// <summary>Sends a request whose body never ends, until the server reads it.</summary>
    private async Task<RawHttp> BeginAsync(string type, string length, string begun)
    {
        var client = await RawHttp.ConnectAsync(_server);
        await client.SendAsync(
            $"POST /?handler=Create HTTP/1.1\r\nHost: localhost\r\nContent-Type: {type}\r\n" +
            $"Expect: 100-continue\r\n{length}\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 100", await client.ReceiveAsync(), StringComparison.Ordinal);
        await client.SendAsync(begun);
        return client;
    }
}
