using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RoomChat.Tests.Support;

internal sealed record ApiAnswer(int Status, JsonElement Body, HttpResponseMessage Raw)
{
    public string? Code => Body.TryGetProperty("code", out var code) ? code.GetString() : null;

    public long Seq => Body.GetProperty("seq").GetInt64();

    public IReadOnlyList<JsonElement> Events => [.. Body.GetProperty("events").EnumerateArray()];

    public IReadOnlyList<string> Texts =>
        [.. Events
            .Where(line => line.GetProperty("type").GetString() == "message")
            .Select(line => line.GetProperty("text").GetString()!)];

    public override string ToString() => $"{Status} {Body}";
}

/// <summary>
/// A program that uses the API, and checks every answer against the OpenAPI document of the server.
/// </summary>
internal sealed partial class ApiClient : IDisposable
{
    private const int LongBody = 64 << 10;

    private readonly HttpClient _http;
    private readonly JsonElement _document;

    private ApiClient(HttpClient http, JsonElement document) => (_http, _document) = (http, document);

    public string? Room { get; private set; }
    public string? Seat { get; set; }

    public JsonElement Document => _document;

    public void AskFor(string language) => _http.DefaultRequestHeaders.Add("Accept-Language", language);

    public static Task<ApiClient> OfAsync(ChatServer server) => OfAsync(server.Address);

    public static async Task<ApiClient> OfAsync(Uri server)
    {
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server };
        var document = await http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken).Soon();
        return new ApiClient(http, JsonDocument.Parse(document).RootElement);
    }

    public static async Task<ApiClient> JoinedAsync(ChatServer server, string room, string name)
    {
        var client = await OfAsync(server);
        await client.JoinAsync(room, name);
        return client;
    }

    public async Task<string> CreateRoomAsync() =>
        (await PostAsync("/api/rooms")).Body.GetProperty("room").GetString()!;

    public async Task<ApiAnswer> JoinAsync(string room, string name)
    {
        var answer = await PostAsync($"/api/rooms/{room}/members", new { name });
        Assert.True(answer.Status == 201, $"{answer}");
        (Room, Seat) = (room, answer.Body.GetProperty("seat").GetString());
        return answer;
    }

    public async Task<long> PostMessageAsync(string text, string? id = null)
    {
        var answer = await PostAsync($"/api/rooms/{Room}/messages", id is null ? new { text } : new { text, id });
        Assert.True(answer.Status == 201, $"{answer}");
        return answer.Seq;
    }

    public async Task<ApiAnswer> ReadAsync(long? after = null, int? wait = null)
    {
        var from = after is null ? "" : $"after={after}&";
        var hold = wait is null ? "" : $"wait={wait}";
        var answer = await GetAsync($"/api/rooms/{Room}/events?{from}{hold}");
        Assert.True(answer.Status == 200, $"{answer}");
        return answer;
    }

    public const string Password = "correct horse";

    public async Task SignUpAsync(string name, string password = Password)
    {
        var answer = await PostAsync("/api/accounts", new { name, password });
        Assert.True(answer.Status == 201, $"{answer}");
    }

    public async Task<(string Access, string Refresh)> SignInAsync(string name, string password = Password)
    {
        var answer = await PostAsync("/api/session", new { name, password });
        Assert.True(answer.Status == 200, $"{answer}");
        var access = answer.Body.GetProperty("accessToken").GetString()!;
        var refresh = answer.Body.GetProperty("refreshToken").GetString()!;
        return (access, refresh);
    }

    public Task<ApiAnswer> RefreshAsync(string refreshToken) =>
        PostAsync("/api/session/refresh", new { refreshToken });

    public Task<ApiAnswer> DeleteAccountAsync(string? bearer, string password = Password) =>
        SendAsync(HttpMethod.Delete, "/api/accounts/me", JsonContent.Create(new { password }), bearer);

    public Task<ApiAnswer> LeaveAsync() => SendAsync(HttpMethod.Delete, $"/api/rooms/{Room}/members/me");

    public Task<ApiAnswer> GetAsync(string path, string? bearer = null) =>
        SendAsync(HttpMethod.Get, path, bearer: bearer);

    public Task<ApiAnswer> PostAsync(string path, object? body = null, string? bearer = null)
    {
        var json = body is null ? null : JsonSerializer.Serialize(body);
        var content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        return SendAsync(HttpMethod.Post, path, content, bearer);
    }

    public Task<ApiAnswer> PatchAsync(string path, object body) =>
        SendAsync(HttpMethod.Patch, path, JsonContent.Create(body));

    public Task<ApiAnswer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public Task<ApiAnswer> PostAsync(string path, HttpContent? content) => SendAsync(HttpMethod.Post, path, content);

    public async Task<ApiAnswer> SendAsync(
        HttpMethod method, string path, HttpContent? content = null, string? bearer = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        // As curl does: asks before it sends much.
        request.Headers.ExpectContinue = content?.Headers.ContentLength > LongBody;
        if ((bearer ?? Seat) is { } shown)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", shown);
        var answer = await ReadAsync(await _http.SendAsync(request, TestContext.Current.CancellationToken).Soon());
        AssertPromised(method, path, answer);
        return answer;
    }

    public void Dispose() => _http.Dispose();

    private static async Task<ApiAnswer> ReadAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken).Soon();
        return new ApiAnswer(
            (int)response.StatusCode, body == "" ? default : JsonDocument.Parse(body).RootElement, response);
    }

    private void AssertPromised(HttpMethod method, string path, ApiAnswer answer)
    {
        if (answer.Status >= 400)
            Assert.Equal("application/problem+json", answer.Raw.Content.Headers.ContentType?.MediaType);
        if (Operation(method, path) is not { } operation)
        {
            Assert.Contains(answer.Status, (int[])[404, 405]);
            return;
        }
        var named = operation.GetProperty("responses").TryGetProperty($"{answer.Status}", out var response);
        Assert.True(named, $"The document does not know that {method} {path} may answer {answer}");
        if (!response.TryGetProperty("content", out var content))
        {
            Assert.Equal(JsonValueKind.Undefined, answer.Body.ValueKind);
            return;
        }
        var schema = content.GetProperty(answer.Raw.Content.Headers.ContentType!.MediaType!).GetProperty("schema");
        if (answer.Status >= 400)
        {
            Assert.Contains(
                answer.Code,
                schema.GetProperty("properties")
                    .GetProperty("code")
                    .GetProperty("enum")
                    .EnumerateArray()
                    .Select(code => code.GetString()));
            schema = schema.GetProperty("allOf")[0];
        }
        AssertShaped(Referenced(schema), answer.Body);
    }

    private JsonElement? Operation(HttpMethod method, string path)
    {
        var paths = _document.GetProperty("paths").EnumerateObject()
            .Where(route => Regex.IsMatch(path.Split('?')[0], $"^{Place().Replace(route.Name, "[^/]+")}$"));
        foreach (var route in paths)
            if (route.Value.TryGetProperty(method.Method.ToLowerInvariant(), out var operation)) return operation;
        return null;
    }

    private JsonElement Referenced(JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference)
            ? _document
                .GetProperty("components")
                .GetProperty("schemas")
                .GetProperty(reference.GetString()!.Split('/')[^1])
            : schema;

    private void AssertShaped(JsonElement schema, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray()) AssertShaped(Referenced(schema.GetProperty("items")), item);
        }
        else if (value.ValueKind == JsonValueKind.Object
            && schema.TryGetProperty("additionalProperties", out var any) && any.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in value.EnumerateObject()) AssertShaped(Referenced(any), property.Value);
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            var properties = schema.GetProperty("properties");
            foreach (var property in value.EnumerateObject())
            {
                Assert.True(
                    properties.TryGetProperty(property.Name, out var promised),
                    $"\"{property.Name}\" is not in the document");
                AssertShaped(Referenced(promised), property.Value);
            }
            if (schema.TryGetProperty("required", out var required))
                foreach (var name in required.EnumerateArray())
                    Assert.True(value.TryGetProperty(name.GetString()!, out _), $"{name} is missing in {value}");
        }
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Place();
}
