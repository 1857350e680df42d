using System.Net;
using RoomChat.Rooms;
using RoomChat.Tests.Support;
using RoomChat.Web;

namespace RoomChat.Tests.Web;

public sealed class ErrorTests
{
    [Fact]
    public async Task ASurpriseIsAPageInWordsThatGivesNothingAwayAndIsGuardedToo()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(PagesSetup).Assembly.GetName().Name });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.AddPages();
        builder.Services.AddRooms();
        builder.AddGuards();
        await using var app = builder.Build();
        app.UseGuards();
        app.MapPages();
        app.MapGet("/broken", string () => throw new InvalidOperationException("secret"));
        await app.StartAsync(TestContext.Current.CancellationToken);

        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        var answer = await http.GetAsync("/broken", TestContext.Current.CancellationToken).Soon();

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        var html = await Visitor.ReadAsync(answer);
        Assert.Contains("Something broke", html, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", html, StringComparison.Ordinal);
        SecurityHeadersTests.AssertGuarded(answer);
    }
}
