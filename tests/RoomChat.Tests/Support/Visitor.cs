using System.Net;
using System.Text.RegularExpressions;

namespace RoomChat.Tests.Support;

/// <summary>
/// A browser without JavaScript, which follows no redirect.
/// </summary>
internal sealed partial class Visitor(ChatServer server, string? languages = null) : IDisposable
{
    private readonly HttpClient _http = Open(server, languages);

    public Task<HttpResponseMessage> GetAsync(string path) =>
        _http.GetAsync(path, TestContext.Current.CancellationToken).Soon();

    public async Task<string> ReadAsync(string path) => await ReadAsync(await GetAsync(path));

    public static Task<string> ReadAsync(HttpResponseMessage response) =>
        response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken).Soon();

    /// <summary>Sends one of the home page's forms with its token.</summary>
    public Task<HttpResponseMessage> SubmitAsync(string handler, params (string Name, string Value)[] fields) =>
        SubmitAsync($"/?handler={handler}", "/", fields);

    /// <summary>Sends a form with the token that its page gives.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(
        string action, string page, params (string Name, string Value)[] fields)
    {
        var token = TokenIn(await ReadAsync(page));
        return await SendAsync(action, [.. fields, ("__RequestVerificationToken", token)]);
    }

    /// <param name="form">Percent-encoded, also what is not UTF-8.</param>
    public async Task<HttpResponseMessage> SubmitEncodedAsync(string handler, string form)
    {
        var token = TokenIn(await ReadAsync("/"));
        var body = new StringContent($"{form}&__RequestVerificationToken={token}");
        body.Headers.ContentType = new("application/x-www-form-urlencoded");
        return await _http.PostAsync($"/?handler={handler}", body, TestContext.Current.CancellationToken).Soon();
    }

    public Task<HttpResponseMessage> PostAsync(string handler, params (string Name, string Value)[] fields) =>
        SendAsync($"/?handler={handler}", fields);

    private Task<HttpResponseMessage> SendAsync(string action, (string Name, string Value)[] fields)
    {
        var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return _http.PostAsync(action, form, TestContext.Current.CancellationToken).Soon();
    }

    public Task<HttpResponseMessage> ChooseLanguageAsync(string language, string? from)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/language")
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("language", language)]),
        };
        if (from is not null)
            request.Headers.Referrer = new($"{server.Address.GetLeftPart(UriPartial.Authority)}{from}");
        return _http.SendAsync(request, TestContext.Current.CancellationToken).Soon();
    }

    /// <summary>The antiforgery token of a page.</summary>
    public static string TokenIn(string html) => Token().Match(html).Groups["token"].Value;

    public void Dispose() => _http.Dispose();

    private static HttpClient Open(ChatServer server, string? languages)
    {
        var http = new HttpClient(new CookieJar()) { BaseAddress = server.Address };
        if (languages is not null) http.DefaultRequestHeaders.Add("Accept-Language", languages);
        return http;
    }

    /// <summary>Also sends what is for https alone, since some tests only pretend to use it.</summary>
    private sealed class CookieJar()
        : DelegatingHandler(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        private readonly CookieContainer _jar = new();

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var uri = new UriBuilder(request.RequestUri!) { Scheme = "https" }.Uri;
            if (_jar.GetCookieHeader(uri) is { Length: > 0 } cookies) request.Headers.Add("Cookie", cookies);
            var response = await base.SendAsync(request, cancellationToken);
            if (response.Headers.TryGetValues("Set-Cookie", out var set))
                foreach (var cookie in set) _jar.SetCookies(uri, cookie);
            return response;
        }
    }

    [GeneratedRegex("""name="__RequestVerificationToken" type="hidden" value="(?<token>[^"]+)""")]
    private static partial Regex Token();
}
