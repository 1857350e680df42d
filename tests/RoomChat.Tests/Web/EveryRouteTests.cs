using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing.Patterns;
using RoomChat.Hubs;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Web;

/// <summary>
/// Every route, page and hub method that there is, with every field of it wrong in every way: whatever is added is
/// tried by itself. Nothing is an error of the server's, and nothing is logged.
/// </summary>
public sealed class EveryRouteTests : IAsyncDisposable
{
    private static readonly string Long = new('9', 3_000);

    /// <summary>As they stand in an address or a form.</summary>
    private static readonly string[] Encoded =
    [
        "", "%20", "%00", "%FF", "%ED%A0%80", "%C3%28", "%E2%80%AE", "%F0%9F%92%A9", "%", "%2", "%2F", "..", "-1",
        "1.5", "1e9", "99999999999999999999", "null", "[]", "{}", "<b>", "'%22", Long,
    ];

    private static readonly string[] Literals =
    [
        "null", "true", "5", "-1", "1.5", "1e999", "99999999999999999999", "\"\"", "\" \"", "\"\\ud800\"",
        "\"\\u0000\"", "\"\\u202e\"", "\"5\"", "[]", "{}", "[[]]", "[\"\"]", "{\"a\":1}", $"\"{Long}\"", "nonsense", "",
    ];

    /// <summary>Passwords are hashed a few times, which takes long.</summary>
    private readonly ChatServer _server = new(
        ("Limits:MessagesPerSecond", "0"), ("Accounts:SignUpsPerMinute", "3"), ("Accounts:SignInsPerMinute", "3"));
    private readonly HttpClient _http;
    private readonly List<string> _errors = [];
    private int _requests;

    public EveryRouteTests() => _http = NewClient();

    public static TheoryData<string> ApiRoutes
    {
        get
        {
            using var server = new ChatServer();
            return [.. Routes(server).Where(IsApi).Select(NameOf).Distinct().Order()];
        }
    }

    [Theory]
    [MemberData(nameof(ApiRoutes))]
    public async Task NothingThatIsSentToARouteOfTheApiIsAnErrorOfTheServers(string name)
    {
        var route = Routes(_server).First(route => IsApi(route) && NameOf(route) == name);
        foreach (var method in route.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods)
            await TryAsync(new HttpMethod(method), route);

        AssertNone(atLeast: 2);
    }

    [Fact]
    public async Task NothingThatIsSentToAPageIsAnErrorOfTheServers()
    {
        var loader = _server.Services.GetRequiredService<PageLoader>();
        using var signedIn = await SignedInAsync();
        foreach (var route in Routes(_server))
            if (route.Metadata.GetMetadata<PageActionDescriptor>() is { } page)
                await TryPageAsync(route.RoutePattern, await loader.LoadAsync(page, route.Metadata), signedIn);

        AssertNone(atLeast: 500);
    }

    [Fact]
    public async Task NothingThatIsSentToTheHubIsAnErrorOfTheServers()
    {
        var methods = typeof(ChatHub).GetMethods(
            BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);
        foreach (var method in methods)
        {
            var fields = method.GetParameters() is [var request] ? FieldsOf(request.ParameterType) : [];
            foreach (var arguments in Bodies(fields).Concat(Literals).Append("1,2"))
                await CallAsync(method.Name, arguments);
        }

        AssertNone(atLeast: 500);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        _server.AssertNoWarningsLogged();
    }

    private static IEnumerable<RouteEndpoint> Routes(ChatServer server) =>
        server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private static bool IsApi(RouteEndpoint route) =>
        $"/{route.RoutePattern.RawText!.TrimStart('/')}".Split('/')[1] is "api" or "health" or "openapi" or "hub";

    private static string NameOf(RouteEndpoint route) =>
        $"{string.Join('|', route.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods)} " +
        route.RoutePattern.RawText;

    private static string[] FieldsOf(Type type) =>
        [.. type.GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))];

    private static string Good(string field) => field switch
    {
        "code" or "room" => "K7M2QX",
        "name" or "with" => "ana",
        "password" => ApiClient.Password,
        "seq" or "who" or "of" or "inSeconds" or "endsInSeconds" => "1",
        "locked" or "sealed" or "on" => "true",
        "mark" => "👍",
        "id" => "id-1",
        _ => "text",
    };

    private static string GoodLiteral(string field) =>
        Good(field) is var good && (good == "true" || good == "1") ? good : JsonSerializer.Serialize(good);

    /// <summary>Objects in which one field is wrong, missing, twice, or unknown.</summary>
    private static IEnumerable<string> Bodies(string[] fields)
    {
        string Body(IEnumerable<(string Name, string Literal)> all) =>
            $"{{{string.Join(',', all.Select(field => $"\"{field.Name}\":{field.Literal}"))}}}";
        var good = fields.Select(field => (field, GoodLiteral(field))).ToList();
        yield return Body(good);
        yield return Body(good.Append(("unknown", "1")));
        foreach (var field in fields)
        {
            yield return Body(good.Where(other => other.field != field));
            yield return Body(good.Append((field, GoodLiteral(field))));
            foreach (var wrong in Literals)
                yield return Body(good.Select(other => other.field == field ? (field, wrong) : other));
        }
    }

    private static IEnumerable<string> Forms(string[] fields, string rest = "")
    {
        string Form(IEnumerable<(string Name, string Value)> all) =>
            string.Join('&', all.Select(field => $"{field.Name}={field.Value}")) + rest;
        var good = fields.Select(field => (field, Uri.EscapeDataString(Good(field)))).ToList();
        yield return Form(good);
        foreach (var field in fields)
        {
            yield return Form(good.Where(other => other.field != field));
            yield return Form(good.Append((field, "again")));
            foreach (var wrong in Encoded)
                yield return Form(good.Select(other => other.field == field ? (field, wrong) : other));
        }
    }

    /// <summary>Paths in which one parameter is wrong.</summary>
    private static IEnumerable<string> Paths(RoutePattern pattern)
    {
        string Path(string? wrong, string value) => "/" + string.Join('/', pattern.PathSegments.Select(segment =>
            string.Concat(segment.Parts.Select(part => part switch
            {
                RoutePatternLiteralPart literal => literal.Content,
                RoutePatternParameterPart parameter when parameter.Name == wrong => value,
                RoutePatternParameterPart parameter => Uri.EscapeDataString(Good(parameter.Name)),
                _ => "",
            }))));
        yield return Path(null, "");
        foreach (var parameter in pattern.Parameters)
            foreach (var wrong in Encoded) yield return Path(parameter.Name, wrong);
    }

    private async Task TryAsync(HttpMethod method, RouteEndpoint route)
    {
        _server.Lobby.Reopen(Good("code"));
        var member = _server.Lobby.Join(new JoinAttempt(Good("code"), "bo"), new TestReader()).OrFail().Member;
        var queries = (route.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? [])
            .Where(parameter => parameter.ParameterType.IsValueType || parameter.ParameterType == typeof(string))
            .Select(parameter => parameter.Name!)
            .Where(name => route.RoutePattern.GetParameter(name) is null)
            .ToList();
        var body = route.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;
        var seat = member.Seat;
        foreach (var path in Paths(route.RoutePattern)) await SendAsync(method, path, seat);
        var good = Paths(route.RoutePattern).First();
        foreach (var wrong in Encoded.Where(wrong => !wrong.Contains('%'))) await SendAsync(method, good, wrong);
        foreach (var name in queries)
            foreach (var wrong in Encoded) await SendAsync(method, $"{good}?{name}={wrong}", seat);
        if (body is null) return;
        foreach (var json in Bodies(FieldsOf(body)).Concat(Literals))
            await SendAsync(method, good, seat, new StringContent(json, Encoding.UTF8, "application/json"));
        foreach (var form in Forms(FieldsOf(body))) await SendAsync(method, good, seat, FormOf(form));
    }

    private async Task TryPageAsync(RoutePattern pattern, CompiledPageActionDescriptor page, HttpClient signedIn)
    {
        var path = Paths(pattern).First();
        foreach (var tried in Paths(pattern)) await SendAsync(HttpMethod.Get, tried);
        var bound = page.BoundProperties.Select(property => property.Name)
            .Concat(page.HandlerMethods.SelectMany(handler => handler.Parameters).Select(given => given.Name))
            .Where(name => pattern.GetParameter(name) is null).Distinct().ToArray();
        foreach (var name in bound.Append("handler"))
            foreach (var wrong in Encoded) await SendAsync(HttpMethod.Get, $"{path}?{name}={wrong}");

        foreach (var (http, isSignedIn) in new[] { (_http, false), (signedIn, true) })
        {
            var home = await http.GetStringAsync(isSignedIn ? "/account" : "/", TestContext.Current.CancellationToken);
            var token = $"&__RequestVerificationToken={Visitor.TokenIn(home)}";
            foreach (var handler in page.HandlerMethods)
                if (handler.HttpMethod == "Post" && handler.Name != "SignOut")
                    foreach (var form in Forms(bound, token))
                        await SendAsync(
                            HttpMethod.Post, $"{path}?handler={handler.Name}", content: FormOf(form), http: http);
        }
    }

    private async Task<HttpClient> SignedInAsync()
    {
        var http = NewClient();
        var page = await http.GetStringAsync("/account/sign-up", TestContext.Current.CancellationToken);
        using var form = FormOf(
            $"Name=eve&Password={ApiClient.Password}&__RequestVerificationToken={Visitor.TokenIn(page)}");
        var answer = await http.PostAsync("/account/sign-up", form, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return http;
    }

    private HttpClient NewClient() => new(new HttpClientHandler { AllowAutoRedirect = false })
    {
        BaseAddress = _server.Address,
    };

    private static StringContent FormOf(string text)
    {
        var form = new StringContent(text);
        form.Headers.ContentType = new("application/x-www-form-urlencoded");
        return form;
    }

    private async Task SendAsync(
        HttpMethod method, string path, string? seat = null, HttpContent? content = null, HttpClient? http = null)
    {
        var authority = _server.Address.GetLeftPart(UriPartial.Authority);
        var uri = new Uri(
            authority + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(method, uri) { Content = content };
        if (seat is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", seat);
        using var answer = await (http ?? _http).SendAsync(request, TestContext.Current.CancellationToken).Soon();
        _requests++;
        if (answer.StatusCode < HttpStatusCode.InternalServerError) return;
        var body = content is null ? "" : await content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        _errors.Add($"{(int)answer.StatusCode} {method} {path} {body}");
    }

    private async Task CallAsync(string method, string arguments)
    {
        using var client = await RawClient.ConnectAsync(_server);
        await client.SendAsync($$"""{"type":1,"invocationId":"1","target":"{{method}}","arguments":[{{arguments}}]}""");
        // What is no JSON closes the connection; a held answer follows a ping of the server's.
        var answer = await client.NextAsync();
        _requests++;
        if (answer.Contains("unexpected", StringComparison.OrdinalIgnoreCase)) _errors.Add($"{method} {arguments}");
    }

    private void AssertNone(int atLeast)
    {
        Assert.True(_errors.Count == 0, string.Join("\n", _errors.Take(10)));
        Assert.InRange(_requests, atLeast, int.MaxValue);
    }
}
