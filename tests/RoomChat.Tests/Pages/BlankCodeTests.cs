using System.Net;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Pages;

public sealed class BlankCodeTests : IAsyncDisposable
{
    private readonly ChatServer _server = new();

    /// <summary>Model binding makes null of a blank.</summary>
    [Theory]
    [InlineData("/r/%20")]
    [InlineData("/r/%20%09")]
    [InlineData("/r/%C2%A0")]
    [InlineData("/r/%20?handler=Icon")]
    public async Task ABlankCodeIsNotFound(string path)
    {
        using var visitor = new Visitor(_server);

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(path)).StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _server.AssertNoWarningsLogged();
    }
}
