using System.Text.Json;
using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Api;

/// <summary>Checks the document against the server; ApiClient checks every answer against the document.</summary>
public sealed class DocumentTests : IAsyncDisposable
{
    private readonly ChatServer _server = new();

    [Fact]
    public async Task TheDocumentListsEveryEndpointAndNoOther()
    {
        using var program = await ApiClient.OfAsync(_server);

        var endpoints = _server.Services.GetRequiredService<EndpointDataSource>().Endpoints;
        var served = from endpoint in endpoints.OfType<RouteEndpoint>()
                     let pattern = endpoint.RoutePattern.RawText!.Replace(":int", "", StringComparison.Ordinal)
                         .Replace(":long", "", StringComparison.Ordinal)
                     let path = $"/{pattern.Trim('/')}"
                     where path.Split('/')[1] is "api" or "health"
                     from method in endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods
                     select $"{method} {path}";
        Assert.Equal(25, Operations(program).Count());
        Assert.Equal(served.Order(), Operations(program).Select(operation => operation.Name).Order());
    }

    [Fact]
    public async Task TheDocumentListsEveryRefusalCode()
    {
        using var program = await ApiClient.OfAsync(_server);

        var codes = from operation in Operations(program)
                    from response in operation.Is.GetProperty("responses").EnumerateObject()
                    where response.Value.TryGetProperty("content", out var contents)
                        && contents.TryGetProperty("application/problem+json", out _)
                    let content = response.Value.GetProperty("content").GetProperty("application/problem+json")
                    let properties = content.GetProperty("schema").GetProperty("properties")
                    from code in properties.GetProperty("code").GetProperty("enum").EnumerateArray()
                    select code.GetString();
        Assert.Equal(
            Enum.GetValues<Reason>().Select(reason => new Refusal(reason).Code).Order(), codes.Distinct().Order());
    }

    [Fact]
    public async Task TheDocumentSummarizesEachEndpointAndTellsWhichNeedASeatOrAnAccount()
    {
        using var program = await ApiClient.OfAsync(_server);

        Assert.All(
            Operations(program), operation => Assert.NotEqual("", operation.Is.GetProperty("summary").GetString()));
        AssertAskedBy(
            "Seat",
            "DELETE /api/rooms/{code}",
            "DELETE /api/rooms/{code}/members/{who}",
            "DELETE /api/rooms/{code}/members/me",
            "DELETE /api/rooms/{code}/messages/{seq}",
            "DELETE /api/rooms/{code}/messages/{seq}/marks/{mark}",
            "GET /api/rooms/{code}/events",
            "PATCH /api/rooms/{code}",
            "PATCH /api/rooms/{code}/messages/{seq}",
            "POST /api/rooms/{code}/messages",
            "PUT /api/rooms/{code}/messages/{seq}/marks/{mark}");
        AssertAskedBy(
            "Account",
            "DELETE /api/accounts/me",
            "DELETE /api/session",
            "DELETE /api/sessions/{id}",
            "GET /api/direct",
            "GET /api/session",
            "GET /api/sessions",
            "POST /api/direct");

        void AssertAskedBy(string scheme, params string[] names)
        {
            var asking = Operations(program).Where(operation =>
                operation.Is.TryGetProperty("security", out var security)
                && security[0].TryGetProperty(scheme, out _));
            Assert.Equal(names, asking.Select(operation => operation.Name).Order());
            var schemes = program.Document.GetProperty("components").GetProperty("securitySchemes");
            Assert.Equal("bearer", schemes.GetProperty(scheme).GetProperty("scheme").GetString());
        }
    }

    [Theory]
    [InlineData("POST /api/rooms")]
    [InlineData("POST /api/rooms/{code}/members")]
    [InlineData("POST /api/rooms/{code}/messages")]
    [InlineData("POST /api/accounts")]
    [InlineData("DELETE /api/accounts/me")]
    [InlineData("POST /api/session")]
    [InlineData("POST /api/session/refresh")]
    [InlineData("POST /api/direct")]
    public async Task ARequestBodyIsDocumentedAsJsonOrAForm(string name)
    {
        using var program = await ApiClient.OfAsync(_server);

        var kinds = Operations(program)
            .Single(operation => operation.Name == name).Is
            .GetProperty("requestBody")
            .GetProperty("content")
            .EnumerateObject();

        Assert.Equal(["application/json", "application/x-www-form-urlencoded"], kinds.Select(kind => kind.Name));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _server.AssertNoWarningsLogged();
    }

    private static IEnumerable<(string Name, JsonElement Is)> Operations(ApiClient program) =>
        from path in program.Document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select ($"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value);
}
