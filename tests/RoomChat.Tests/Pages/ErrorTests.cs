using System.Net;
using RoomChat.Tests.Support;
using RoomChat.Tests.Web;

namespace RoomChat.Tests.Pages;

public sealed class ErrorTests
{
    [Fact]
    public async Task AnUnexpectedErrorShowsAPageThatRevealsNothingAndCarriesTheSecurityHeaders()
    {
        await using var server = ChatServer.Broken();
        using var http = new HttpClient { BaseAddress = server.Address };
        using var answer = await http.GetAsync("/", TestContext.Current.CancellationToken).Soon();

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        var html = await Visitor.ReadAsync(answer);
        Assert.Contains("Something went wrong", html, StringComparison.Ordinal);
        Assert.DoesNotContain(ChatServer.Secret, html, StringComparison.Ordinal);
        SecurityHeadersTests.AssertGuarded(answer);
    }
}
