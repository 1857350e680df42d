using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Terminal;

/// <summary>At the most verbose level of everything.</summary>
public sealed partial class SecretTests
{
    private const string Password = "correct horse battery", Next = "staple of another kind",
        Passphrase = "open sesame please", WrongPassphrase = "open barley please";

    private static readonly string[] Everything =
    [
        "--Serilog:MinimumLevel:Default=Verbose", "--Serilog:MinimumLevel:Override:Microsoft=Verbose",
        "--Serilog:MinimumLevel:Override:System=Verbose",
        "--Serilog:MinimumLevel:Override:Microsoft.AspNetCore.DataProtection=Verbose",
        "--RoomChat:Terminal:ShowText=false",
    ];

    [Fact]
    public async Task NoSeatPasswordTokenOrCookieIsEverLogged()
    {
        using var server = await ServerProcess.ListeningAsync(Everything);
        List<string> secrets = [Password, Next];
        using var program = await ApiClient.OfAsync(server.Address);
        await program.SignUpAsync("ana", Password);
        var (access, refresh) = await program.SignInAsync("ana", Password);
        secrets.AddRange([access, refresh]);
        await program.PostAsync("/api/session", new { name = "ana", password = Next });
        secrets.Add(
            (await program.PostAsync("/api/session/refresh", new { refreshToken = refresh }))
                .Body.GetProperty("accessToken").GetString()!);
        await program.GetAsync("/api/session", access);

        var room = await program.CreateRoomAsync();
        await program.JoinAsync(room, "bot");
        secrets.Add(program.Seat!);
        await program.PostMessageAsync("hello");
        secrets.AddRange([Passphrase, WrongPassphrase]);
        await program.PatchAsync($"/api/rooms/{room}", new { passphrase = Passphrase });
        await program.PostAsync($"/api/rooms/{room}/members", new { name = "eve", passphrase = WrongPassphrase });
        await program.ReadAsync();
        await program.PostAsync($"/api/rooms/{room}/members", new { name = "bot", seat = program.Seat });
        await using (var ana = await ChatClient.ConnectAsync(server.Address))
        {
            await ana.CallAsync("JoinRoom", new { room, name = "ana", token = access, passphrase = WrongPassphrase });
            var answer = await ana.CallAsync(
                "JoinRoom", new { room, name = "ana", token = access, passphrase = Passphrase });
            await ana.CallAsync("SetPassphrase", new { passphrase = Passphrase });
            secrets.Add(answer.GetProperty("seat").GetString()!);
            await ana.SendAsync("between you and me");
            await ana.CallAsync("JoinRoom", new { room, seat = secrets[^1], token = access });
            await ana.CallAsync("JoinRoom", new { room, name = "ana", token = "a token that is none" });
            await ana.CallAsync("OpenDirect", new { with = "nobody", token = access });
        }
        secrets.AddRange(["a token that is none", "between you and me"]);

        using var http = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = server.Address };
        var page = await http.GetAsync("/", TestContext.Current.CancellationToken);
        var cookie = page.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        var seal = Visitor.TokenIn(await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        secrets.AddRange([cookie.Split('=')[1], seal, "a cookie of another kind"]);
        using var form = new HttpRequestMessage(HttpMethod.Post, "/?handler=Create")
        {
            Content = new FormUrlEncodedContent([new("Name", "ana"), new("__RequestVerificationToken", seal)]),
            Headers = { { "Cookie", $"{cookie}; RoomChat=a cookie of another kind" } },
        };
        await http.SendAsync(form, TestContext.Current.CancellationToken);
        var negotiation = await http.PostAsync(
            "/hub/negotiate?negotiateVersion=1", null, TestContext.Current.CancellationToken);
        var negotiated = await negotiation.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var ticket = JsonDocument.Parse(negotiated).RootElement.GetProperty("connectionToken").GetString()!;
        using (var socket = new System.Net.WebSockets.ClientWebSocket())
            await socket.ConnectAsync(
                new UriBuilder(server.Address) { Scheme = "ws", Path = "/hub", Query = $"id={ticket}" }.Uri,
                TestContext.Current.CancellationToken).Soon();
        secrets.Add(ticket);
        await program.SendAsync(HttpMethod.Delete, "/api/session", bearer: access);
        await program.LeaveAsync();

        var jar = new CookieContainer();
        using var browser =
            new HttpClient(new HttpClientHandler { CookieContainer = jar }) { BaseAddress = server.Address };
        await SubmitAsync("/account/sign-in", "/account/sign-in", new("Name", "ana"), new("Password", Password));
        Assert.Contains(jar.GetCookies(server.Address), kept => kept.Name == "RoomChat");
        await SubmitAsync("/account", "/account", new("Password", Password), new("NewPassword", Next));
        await SubmitAsync("/account", "/account?handler=SignOut");
        Assert.DoesNotContain(jar.GetCookies(server.Address), kept => kept.Name == "RoomChat");
        await server.StopAsync();

        async Task SubmitAsync(string page, string action, params KeyValuePair<string, string>[] fields)
        {
            secrets.Add(
                Visitor.TokenIn(await browser.GetStringAsync(page, TestContext.Current.CancellationToken).Soon()));
            using var form = new FormUrlEncodedContent([.. fields, new("__RequestVerificationToken", secrets[^1])]);
            await browser.PostAsync(action, form, TestContext.Current.CancellationToken).Soon();
            secrets.AddRange(jar.GetCookies(server.Address).Select(kept => kept.Value));
        }

        Assert.True(
            server.Output.Count(line => line.Contains(" trace ", StringComparison.Ordinal)) > 10,
            "Not everything was logged.");
        Assert.True(
            server.Output.Count(line => line.Contains(" debug ", StringComparison.Ordinal)) > 100,
            "Not everything was logged.");
        Assert.All(secrets, secret => Assert.DoesNotContain(
            server.Output, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    public async Task ASecretInThePlaceOfAMethodIsNotLogged(string arguments)
    {
        using var server = await ServerProcess.ListeningAsync(Everything);
        using var ana = await RawClient.ConnectAsync(server.Address);

        Assert.Contains("\"error\":", await ana.CallAsync(Password, arguments), StringComparison.Ordinal);
        await ana.SendAsync($$"""{"type":4,"invocationId":"2","target":"{{Password}}","arguments":[]}""");
        await ana.CallAsync("CreateRoom", "");
        await server.StopAsync();

        Assert.Contains(server.Output, line => line.Contains(" debug ", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Output, line => line.Contains(Password, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task HostileTextInARequestTakesOneCleanLine()
    {
        using var server = await ServerProcess.ListeningAsync(Everything);
        const string Evil = "\u009b31m\u0085\u202e\u001b[2J\u0007";
        const string Encoded = "%1B%5B2J%0D%0A12:00:00%20K7M2QX%20admin:%20pay%C2%9B%C2%85%E2%80%AE%E2%80%A8me";
        string[] requests =
        [
            $"GET /{Encoded} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: {Evil}\r\nReferer: {Evil}\r\n" +
                $"Cookie: {Evil}={Evil}",
            $"GET /?{Encoded}={Encoded}&handler={Encoded} HTTP/1.1\r\nHost: localhost\r\n" +
                $"X-Forwarded-For: {Evil}\r\nAccept: {Evil}\r\nOrigin: {Evil}",
            $"GET /r/{Encoded} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {Evil}\r\n" +
                $"If-None-Match: {Evil}\r\nAccept-Encoding: {Evil}",
            $"GET /api/rooms/{Encoded} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Evil}",
            $"GET /api/rooms/K7M2QX/events?after={Encoded}&wait={Encoded} HTTP/1.1\r\nHost: localhost",
            $"POST /api/rooms HTTP/1.1\r\nHost: localhost\r\nContent-Type: {Evil}\r\nContent-Length: 0",
            $"POST /?handler={Encoded} HTTP/1.1\r\nHost: localhost\r\n" +
                $"Content-Type: multipart/form-data; boundary={Evil}\r\nContent-Length: 2\r\n\r\n{Evil[..2]}",
            $"GET /hub?id={Encoded} HTTP/1.1\r\nHost: localhost\r\nUpgrade: {Evil}\r\nConnection: Upgrade",
            $"{Evil} / HTTP/1.1\r\nHost: localhost",
            $"GET / HTTP/1.1\r\nHost: {Evil}",
            $"GET / HTTP/1.1\r\n{Evil}: 1\r\nHost: localhost",
        ];
        foreach (var request in requests)
        {
            using var client = await RawHttp.ConnectAsync(server.Address);
            await client.SendAsync($"{request}\r\nConnection: close\r\n\r\n");
            await client.UntilClosedAsync();
        }
        using var eve = await RawClient.ConnectAsync(server.Address);
        await eve.CallAsync(@"\u001b[2J\r\n\u202e", @"""\u001b[2J""");
        await eve.CallAsync("JoinRoom", @"{""room"":""\u001b[2J\r\n"",""name"":""\u202e\u0085\u001b""}");
        await eve.CallAsync("JoinRoom", @"{""room"":5,""\u001b[2J\u202e"":1}");
        await eve.SendAsync("\u001b[2J\u202e");
        await eve.UntilClosedAsync();
        await server.StopAsync();

        Assert.True(server.Output.Count > 100, $"{server.Output.Count} lines: not everything was logged.");
        Assert.Contains(server.Output, line => line.Contains(@"\u{202E}", StringComparison.Ordinal));
        Assert.All(server.Output, line => Assert.Matches(Clean(), line));
        Assert.DoesNotContain(
            server.Output,
            line => line.Contains("admin: pay", StringComparison.Ordinal)
                && line.StartsWith("12:00:00 K7M2QX", StringComparison.Ordinal));
    }

    /// <summary>A line of the terminal, or an indented one that continues it.</summary>
    [GeneratedRegex(@"^(\d\d:\d\d:\d\d .{6} |    )[^\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]*$")]
    private static partial Regex Clean();
}
