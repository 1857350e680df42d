using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using RoomChat.BrowserTests.Support;
using RoomChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

/// <summary>Hundreds of strings that try to be more than text, in one window.</summary>
public sealed partial class InjectionTests(Browser browser)
    : BrowserTest(browser, ("Limits:MessagesPerSecond", "0"), ("Limits:History", "1000"))
{
    private static readonly string[] Tags =
    [
        "<script>{0}</script>", "<img src=x onerror=\"{0}\">", "<svg onload={0}>",
        "<iframe src=\"javascript:{0}\">", "<a href=javascript:{0}>x</a>",
        "<body onpageshow={0}>", "<details open ontoggle={0}>", "<input autofocus onfocus={0}>",
        "<video><source onerror={0}>", "<math><mtext><script>{0}</script>",
        "<style>@import '//evil.example/{0}'</style>", "<link rel=stylesheet href=//evil.example>",
        "<meta http-equiv=refresh content='0;url=//evil.example'>",
        "<base href=//evil.example>", "<form action=//evil.example><button>", "<object data=//evil.example>",
        "<embed src=//evil.example>", "<template>{0}</template>",
    ];

    private static readonly string[] Around =
    [
        "{0}", "\">{0}", "'>{0}", "</script>{0}", "</textarea></title>{0}", "--><!-- {0}", "]]>{0}", "`;{0}//",
        "${{{0}}}", "\u202e{0}", "&lt;{0}&gt;", "http://x/{0}", "@ana{0}",
    ];

    private static readonly string[] Others =
    [
        "javascript:alert(1)", "data:text/html,<script>alert(1)</script>",
        "https://evil.example/\"onmouseover=\"alert(1)",
        "https://x/<script>alert(1)</script>",
        "{{constructor.constructor('alert(1)')()}}", "__proto__", "constructor", "toString", "%00%0d%0aSet-Cookie: a=b",
        "\\u003cscript\\u003e", "../../etc/passwd", "'; DROP TABLE rooms; --",
        "@<script>", "(((((((((((((((((((a", "a\u2028b\u2029c", "\ufeff<b>", "=cmd|' /C calc'!A0",
        "<\u200bscript>", "＜script＞alert(1)＜/script＞",
    ];

    private static readonly string[] Elements =
    [
        "html", "head", "meta", "title", "link", "script", "body", "main", "header", "nav", "img", "h", "p", "div",
        "form", "label", "input", "span", "button", "section", "ul", "li", "a", "template", "noscript",
        "aside", "bdi", "code", "i", "select", "option",
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static string[] Texts =>
    [
        .. from around in Around
        from tag in Tags
        select string.Format(null, around, string.Format(null, tag, "hurt()")),
        .. Others,
    ];

    private const int Drawn = 20;

    [Fact]
    public async Task HundredsOfHostileStringsAreTextAndNothingRunsOrLoads()
    {
        var code = NewRoom();
        using var api = new HttpClient { BaseAddress = Server.Address };
        var ana = await JoinedAsync(code, "ana");
        ConcurrentQueue<string> strange = [];
        ana.Page.Request += (_, request) =>
        {
            var isOurs = request.Url.StartsWith(Server.Address.ToString(), StringComparison.Ordinal);
            if (!isOurs) strange.Enqueue(request.Url);
        };
        ana.Page.Dialog += (_, dialog) => strange.Enqueue(dialog.Message);
        await ana.Page.EvaluateAsync("() => { window.hurt = () => console.error('hurt'); }");

        const string textContent = "(all) => all.map((node) => node.textContent)";
        const string tagNames = "(all, drawn) => all.slice(-drawn).flatMap((text) =>"
            + " [...text.querySelectorAll('*')].map((node) => node.tagName))";
        const string linkProtocols = "(all, drawn) => all.slice(-drawn).flatMap((text) =>"
            + " [...text.querySelectorAll('a')].map((link) => link.protocol))";
        // A text that may be a name joins under it and writes; the others are written by "eve".
        var texts = Texts;
        List<string> names = [], sent = [], shown = [], tags = [], protocols = [];
        var eve = (await JoinAsync(api, code, "eve"))!.Value.Seat;
        foreach (var text in texts)
        {
            var joined = text.Length <= 20 ? await JoinAsync(api, code, text) : null;
            if (joined is { Name: var name }) names.Add(name);
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/rooms/{code}/messages")
            {
                Content = new StringContent(JsonSerializer.Serialize(new { text }), Encoding.UTF8, "application/json"),
                Headers = { Authorization = new("Bearer", joined?.Seat ?? eve) },
            };
            Assert.True((await api.SendAsync(request, Cancelled)).IsSuccessStatusCode, text);
            sent.Add(text);
            if (sent.Count - shown.Count < Drawn && sent.Count < texts.Length) continue;

            // What is far from the end of the log is not in the document.
            var drawn = sent.Count - shown.Count;
            await Expect(ana.Texts.Last).ToHaveJSPropertyAsync("textContent", text);
            shown.AddRange((await ana.Texts.EvaluateAllAsync<string[]>(textContent))[^drawn..]);
            tags.AddRange(await ana.Texts.EvaluateAllAsync<string[]>(tagNames, drawn));
            protocols.AddRange(await ana.Texts.EvaluateAllAsync<string[]>(linkProtocols, drawn));
        }

        Assert.True(texts.Length > 200 && names.Count > 5);
        Assert.Equal(texts, shown);
        string[] markup = ["A", "MARK"], people = ["ana", "eve", .. names];
        Assert.Equal(people, await ana.Roster.EvaluateAllAsync<string[]>(textContent));
        Assert.Equal(markup, tags.Distinct().Order());
        Assert.All(protocols, protocol => Assert.Matches("^https?:$", protocol));

        // The API returns the texts as they were sent; pages and forms show as text what they were given.
        using var reading = new HttpRequestMessage(HttpMethod.Get, $"/api/rooms/{code}/events?after=0")
        {
            Headers = { Authorization = new("Bearer", eve) },
        };
        var answer = await (await api.SendAsync(reading, Cancelled)).Content.ReadAsStringAsync(Cancelled);
        var messages = JsonDocument.Parse(answer).RootElement.GetProperty("events").EnumerateArray()
            .Where(line => line.TryGetProperty("text", out _));
        Assert.Equal(texts, messages.Select(line => line.GetProperty("text").GetString()));
        foreach (var text in texts.Where((_, n) => n % 5 == 0))
        {
            var escaped = Uri.EscapeDataString(text);
            await AssertHarmlessAsync(text, await api.GetAsync($"/r/{escaped}?handler={escaped}", Cancelled));
            var token = Visitor.TokenIn(await api.GetStringAsync($"/?again={escaped}", Cancelled));
            using var form = new FormUrlEncodedContent(
                [new("Name", text), new("Code", text), new("__RequestVerificationToken", token)]);
            await AssertHarmlessAsync(text, await api.PostAsync("/?handler=Join", form, Cancelled));
        }
        Assert.Empty(strange);
    }

    /// <summary>The page has only the elements that every page has, and the text ended no attribute.</summary>
    private static async Task AssertHarmlessAsync(string text, HttpResponseMessage answer)
    {
        var html = await answer.Content.ReadAsStringAsync(Cancelled);
        Assert.All(
            Opened().Matches(Pictures().Replace(html, "")),
            tag => Assert.Contains(tag.Groups[1].Value, Elements));
        if (!text.AsSpan().ContainsAny('<', '>', '"')) return;
        Assert.DoesNotContain(text.Length > 20 ? text[..20] : text, html, StringComparison.Ordinal);
    }

    [GeneratedRegex("""<svg class="(logo|globe)".*?</svg>""", RegexOptions.Singleline)]
    private static partial Regex Pictures();

    [GeneratedRegex("<([a-zA-Z]+)")]
    private static partial Regex Opened();

    private static async Task<(string Seat, string Name)?> JoinAsync(HttpClient api, string code, string name)
    {
        var content = new StringContent(JsonSerializer.Serialize(new { name }), Encoding.UTF8, "application/json");
        var answer = await api.PostAsync($"/api/rooms/{code}/members", content, Cancelled);
        if (!answer.IsSuccessStatusCode) return null;
        var joined = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancelled)).RootElement;
        return (joined.GetProperty("seat").GetString()!, joined.GetProperty("name").GetString()!);
    }
}
