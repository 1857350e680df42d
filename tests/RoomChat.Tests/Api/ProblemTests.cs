using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using RoomChat.Rooms;
using RoomChat.Tests.Support;
using RoomChat.Tests.Web;
using RoomChat.Web;

namespace RoomChat.Tests.Api;

/// <summary>Every error is answered with problem details.</summary>
public sealed class ProblemTests : IAsyncDisposable
{
    private const string Form = "application/x-www-form-urlencoded",
        Room = "K7M2QX",
        RoomPath = $"/api/rooms/{Room}",
        Messages = $"/api/rooms/{Room}/messages",
        Members = $"/api/rooms/{Room}/members",
        Events = $"/api/rooms/{Room}/events";
    private readonly ChatServer _server = new();

    public ProblemTests() => _server.Lobby.Reopen(Room);

    public static TheoryData<Reason> Reasons => [.. Enum.GetValues<Reason>()];

    [Theory]
    [MemberData(nameof(Reasons))]
    public async Task EachRefusalHasItsStatus(Reason reason)
    {
        using var server = new ChatServer(
            services => services.AddSingleton<TimeProvider>(new TestClock()),
            ("Limits:Rooms", "2"), ("Limits:MembersPerRoom", "2"), ("Limits:MessagesPerSecond", "1"),
            ("Limits:MessageBurst", "1"));
        server.Lobby.Reopen(Room);
        using var program = await ApiClient.JoinedAsync(server, Room, "bot");
        Task<ApiAnswer> Join(string name) => program.PostAsync(Members, new { name });
        Task<ApiAnswer> Say(string text) => program.PostAsync(Messages, new { text });

        var (status, answer) = reason switch
        {
            Reason.RoomNotFound => (404, await program.GetAsync("/api/rooms/000000")),
            Reason.RoomFull => (409, await Twice(Join, "ana", "bo")),
            Reason.NameInvalid => (400, await Join("")),
            Reason.NameTaken => (409, await Join("BOT")),
            Reason.NameReserved => (409, await ReservedAsync(program)),
            Reason.TextEmpty => (400, await Say(" ")),
            Reason.TextTooLong => (400, await Say(new string('x', 501))),
            Reason.TextInvalid => (400, await Say("\u0001")),
            Reason.NotInRoom => (401, await SeatlessAsync(program)),
            Reason.RateLimited => (429, await Twice(Say, "one", "two")),
            Reason.ServerFull => (503, await Twice(_ => program.PostAsync("/api/rooms"), "one", "two")),
            Reason.BadRequest => (400, await program.PostAsync(Messages, new { text = "hi", id = "not an id" })),
            Reason.Stopping => (503, await StoppingAsync(server, program)),
            Reason.Unavailable => (503, await UnavailableAsync()),
            Reason.NotOwner => (403, await NotOwnerAsync(server)),
            Reason.RoomLocked => (403, await JoinAfterAsync(program, new { locked = true })),
            Reason.PassphraseNeeded => (403, await JoinAfterAsync(program, new { passphrase = "sesame" })),
            Reason.PassphraseWrong => (403, await JoinAfterAsync(program, new { passphrase = "sesame" }, "barley")),
            Reason.PassphraseInvalid => (400, await program.PatchAsync(RoomPath, new { passphrase = "" })),
            Reason.TitleInvalid => (400, await program.PatchAsync(RoomPath, new { title = " " })),
            Reason.KeyNeeded => (403, await JoinSealedAsync(program)),
            Reason.KeyWrong => (403, await JoinSealedAsync(program, check: "of another key")),
            Reason.NotSealed => (400, await SaySealedAsync(program)),
            Reason.MessageNotFound => (404, await program.PatchAsync($"{Messages}/9", new { text = "hi" })),
            Reason.NotYours => (403, await NotYoursAsync(server, program)),
            Reason.TooLate => (409, await TooLateAsync()),
            Reason.PasswordInvalid =>
                (400, await program.PostAsync("/api/accounts", new { name = "ana", password = "short" })),
            Reason.PasswordCommon =>
                (400, await program.PostAsync("/api/accounts", new { name = "ana", password = "password" })),
            Reason.SignInFailed =>
                (401, await program.PostAsync("/api/session", new { name = "ana", password = "not the one" })),
            Reason.NotSignedIn => (401, await program.GetAsync("/api/session")),
            Reason.AccountNotFound => (404, await UnknownAsync(program)),
            Reason.SessionNotFound => (404, await UnknownSessionAsync(program)),
        };

        Assert.Equal((status, new Refusal(reason).Code), (answer.Status, answer.Code));
        Assert.Equal(status, answer.Body.GetProperty("status").GetInt32());
        Assert.Equal(new Refusal(reason).Message, answer.Body.GetProperty("detail").GetString());
        server.AssertNoWarningsLogged();
    }

    [Fact]
    public async Task ARateLimitedProgramIsToldWhenToTryAgain()
    {
        using var server = new ChatServer(
            services => services.AddSingleton<TimeProvider>(new TestClock()),
            ("Limits:MessagesPerSecond", "1"), ("Limits:MessageBurst", "1"));
        server.Lobby.Reopen(Room);
        using var program = await ApiClient.JoinedAsync(server, Room, "bot");
        await program.PostMessageAsync("one");

        var answer = await program.PostAsync(Messages, new { text = "two" });

        Assert.Equal(TimeSpan.FromSeconds(1), answer.Raw.Headers.RetryAfter?.Delta);
        Assert.Equal(1000, answer.Body.GetProperty("retryAfterMs").GetInt32());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("hello")]
    [InlineData("""{"text":"hi" """)]
    [InlineData("""{"text":5}""")]
    [InlineData("""{"text":{}}""")]
    [InlineData("""["hi"]""")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"text":"hi","unknown":1}""")]
    [InlineData("""{"text":"hi","text":"ho"}""")]
    [InlineData("""{"text":"hi","id":""}""")]
    public Task ABodyThatIsNoMessageIsABadRequest(string body) =>
        AssertBadAsync(400, HttpMethod.Post, Messages, RoomsApiTests.Json(body));

    [Theory]
    [InlineData("text-invalid", Messages, "application/json", """{"text":"a\ud800b"}""")]
    [InlineData("text-invalid", Messages, Form, "text=a%ED%A0%80b")]
    [InlineData("text-invalid", Messages, Form, "text=a%FFb")]
    [InlineData("name-invalid", Members, "application/json", """{"name":"ana\udc00"}""")]
    [InlineData("name-invalid", Members, Form, "name=ana%ED%B0%80")]
    [InlineData("name-invalid", "/api/accounts", Form, "name=ana%FF&password=correct%20horse")]
    [InlineData("password-invalid", "/api/accounts", "application/json", """{"name":"eve","password":"long\ud800"}""")]
    public async Task WhatIsNoTextIsRefusedAsTheField(string refusal, string path, string type, string body)
    {
        using var program = await ApiClient.OfAsync(_server);
        await program.JoinAsync(Room, "ana");

        var answer = await program.PostAsync(path, Bytes(Encoding.UTF8.GetBytes(body), type));

        Assert.Equal((400, refusal), (answer.Status, answer.Body.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData(Members, """{"name":"ana","room":"K7M2QX"}""")]
    [InlineData(Members, "")]
    [InlineData("/api/rooms", """{"room":1}""")]
    [InlineData("/api/rooms", """{"code":"K7M2QX"}""")]
    public Task ABodyThatTheEndpointDoesNotTakeIsABadRequest(string path, string body) =>
        AssertBadAsync(400, HttpMethod.Post, path, RoomsApiTests.Json(body));

    [Fact]
    public Task ABodyThatIsNotUtf8IsABadRequest() =>
        AssertBadAsync(
            400, HttpMethod.Post, Messages, Bytes([.. "{\"text\":\""u8, 0xFF, .. "\"}"u8], "application/json"));

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("multipart/form-data; boundary=x")]
    public Task AnUnsupportedContentTypeIsRefused(string type) =>
        AssertBadAsync(415, HttpMethod.Post, Messages, Bytes("text=hi"u8.ToArray(), type));

    [Fact]
    public Task ABodyWithoutAContentTypeIsRefused() =>
        AssertBadAsync(415, HttpMethod.Post, Messages, new ByteArrayContent("text=hi"u8.ToArray()));

    [Theory]
    [InlineData("application/json", false)]
    [InlineData("application/json", true)]
    [InlineData(Form, false)]
    [InlineData(Form, true)]
    public Task ABodyThatIsTooLargeIsRefused(string type, bool chunked)
    {
        // Whoever goes on sending what was refused meanwhile is cut off. A length that is declared is refused before
        // the body is sent, and of what comes in chunks only the last is too much.
        var text = new string('x', chunked ? 32 << 10 : 1 << 20);
        var body = Bytes(
            Encoding.UTF8.GetBytes(
                type.Contains("json", StringComparison.Ordinal) ? $$"""{"text":"{{text}}"}""" : $"text={text}"),
            type);
        return AssertBadAsync(413, HttpMethod.Post, Messages, chunked ? new Chunked(body) : body);
    }

    [Theory]
    [InlineData("text=hi&unknown=1")]
    [InlineData("unknown=1")]
    [InlineData("text=hi&id=%20")]
    [InlineData("text=hi&text=ho")]
    [InlineData("")]
    public Task AFormThatIsNoMessageIsABadRequest(string form) =>
        AssertBadAsync(400, HttpMethod.Post, Messages, Bytes(Encoding.UTF8.GetBytes(form), Form));

    [Theory]
    [InlineData("application/json", "Content-Length: 100", "{\"name\"")]
    [InlineData("application/json", "Transfer-Encoding: chunked", "64\r\n{\"name\"")]
    [InlineData("application/x-www-form-urlencoded", "Content-Length: 100", "name")]
    [InlineData("application/x-www-form-urlencoded", "Transfer-Encoding: chunked", "64\r\nname")]
    public async Task AProgramThatDisconnectsMidRequestLogsNoError(string type, string length, string begun)
    {
        using var polite = await BeginAsync(type, length, begun);
        polite.Shutdown(SocketShutdown.Send);
        await UntilEndedAsync(polite);

        using (var rude = await BeginAsync(type, length, begun)) rude.LingerState = new LingerOption(true, 0);

        using var program = await ApiClient.OfAsync(_server);
        await program.JoinAsync(Room, "ana");
    }

    [Theory]
    [InlineData("application/json; charset=utf-7", """{"name":"ana"}""")]
    [InlineData("application/json; charset=nonsense", """{"name":"ana"}""")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7", "name=ana")]
    [InlineData("application/x-www-form-urlencoded; charset=nonsense", "name=ana")]
    public async Task TheDeclaredCharsetOfABodyIsIgnored(string type, string body)
    {
        using var program = await ApiClient.OfAsync(_server);

        Assert.Equal(201, (await program.PostAsync(Members, Bytes(Encoding.UTF8.GetBytes(body), type))).Status);
    }

    [Theory]
    [InlineData("wait=999")]
    [InlineData("wait=61")]
    [InlineData("wait=-1")]
    [InlineData("wait=soon")]
    [InlineData("after=-1")]
    [InlineData("after=abc")]
    [InlineData("after=1.5")]
    [InlineData("after=99999999999999999999")]
    public Task AnInvalidAfterOrWaitIsABadRequest(string query) =>
        AssertBadAsync(400, HttpMethod.Get, $"{Events}?{query}");

    [Theory]
    [InlineData("GET", "/api", 404)]
    [InlineData("GET", "/api/nothing", 404)]
    [InlineData("POST", "/api/rooms/K7M2QX/nothing", 404)]
    [InlineData("GET", "/api/rooms", 405)]
    [InlineData("PUT", "/api/rooms/K7M2QX", 405)]
    [InlineData("GET", "/api/rooms/K7M2QX/members/me", 405)]
    [InlineData("DELETE", "/api/rooms/K7M2QX/messages", 405)]
    public Task AnUnknownPathOrMethodIsAnsweredWithAProblem(string method, string path, int status) =>
        AssertBadAsync(status, new HttpMethod(method), path);

    [Theory]
    [InlineData("GET", Events)]
    [InlineData("POST", Messages)]
    [InlineData("DELETE", $"{Members}/me")]
    public async Task ARequestWithoutASeatOfTheRoomIsRefused(string method, string path)
    {
        _server.Lobby.Reopen("00000Z");
        using var stranger = await ApiClient.OfAsync(_server);
        using var neighbour = await ApiClient.JoinedAsync(_server, "00000Z", "bot");
        async Task AssertNotInRoomAsync(ApiClient program)
        {
            var answer = await program.SendAsync(
                new HttpMethod(method), path, method == "POST" ? RoomsApiTests.Json("""{"text":"hi"}""") : null);
            Assert.Equal((401, "not-in-room"), (answer.Status, answer.Code));
            Assert.Equal("Bearer", $"{Assert.Single(answer.Raw.Headers.WwwAuthenticate)}");
        }

        await AssertNotInRoomAsync(stranger);
        await AssertNotInRoomAsync(neighbour);
        stranger.Seat = "0123456789abcdef0123456789abcdef";
        await AssertNotInRoomAsync(stranger);
    }

    [Theory]
    [InlineData("Basic {0}")]
    [InlineData("{0}")]
    [InlineData("Bearer")]
    [InlineData("Bearer {0} {0}")]
    [InlineData("Bearer {0}, Bearer {0}")]
    public async Task ASeatIsAcceptedAsABearerTokenOnly(string header)
    {
        using var program = await ApiClient.JoinedAsync(_server, Room, "bot");
        using var http = new HttpClient { BaseAddress = _server.Address };
        http.DefaultRequestHeaders.TryAddWithoutValidation(
            "Authorization", string.Format(CultureInfo.InvariantCulture, header, program.Seat));

        using var answer = await http.GetAsync(Events, TestContext.Current.CancellationToken).Soon();

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task ApiAnswersAreNotCachedAndCarryTheSecurityHeaders()
    {
        using var program = await ApiClient.JoinedAsync(_server, Room, "bot");

        ApiAnswer[] answers =
        [
            await program.ReadAsync(),
            await program.GetAsync("/api/nothing"),
            await program.GetAsync($"{Events}?wait=999"),
        ];
        foreach (var answer in answers)
        {
            Assert.True(answer.Raw.Headers.CacheControl?.NoStore);
            SecurityHeadersTests.AssertGuarded(answer.Raw);
        }
    }

    [Fact]
    public async Task AnUnexpectedErrorIsAProblemThatRevealsNothing()
    {
        await using var server = ChatServer.Broken();
        using var http = new HttpClient { BaseAddress = server.Address };
        using var answer = await http.PostAsync("/api/rooms", null, TestContext.Current.CancellationToken).Soon();

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal(Problems.ContentType, answer.Content.Headers.ContentType?.MediaType);
        var body = await Visitor.ReadAsync(answer);
        Assert.Contains("\"code\":\"server-error\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain(ChatServer.Secret, body, StringComparison.Ordinal);
        SecurityHeadersTests.AssertGuarded(answer);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _server.AssertNoWarningsLogged();
    }

    private async Task AssertBadAsync(int status, HttpMethod method, string path, HttpContent? body = null)
    {
        using var program = await ApiClient.JoinedAsync(_server, Room, "bot");

        var answer = await program.SendAsync(method, path, body);

        Assert.Equal((status, "bad-request"), (answer.Status, answer.Code));
        var names = answer.Body.EnumerateObject().Select(property => property.Name);
        Assert.Equal(["type", "title", "status", "detail", "code"], names);
    }

    private static async Task<ApiAnswer> Twice(Func<string, Task<ApiAnswer>> ask, string first, string second)
    {
        Assert.Equal(201, (await ask(first)).Status);
        return await ask(second);
    }

    private static async Task<ApiAnswer> ReservedAsync(ApiClient program)
    {
        await program.SignUpAsync("ana");
        return await program.PostAsync(Members, new { name = "ana" });
    }

    private static async Task<ApiAnswer> UnknownAsync(ApiClient program)
    {
        await program.SignUpAsync("ana");
        return await program.PostAsync("/api/direct", new { with = "bo" }, (await program.SignInAsync("ana")).Access);
    }

    private static async Task<ApiAnswer> UnknownSessionAsync(ApiClient program)
    {
        await program.SignUpAsync("ana");
        var (access, _) = await program.SignInAsync("ana");
        return await program.SendAsync(HttpMethod.Delete, "/api/sessions/none", bearer: access);
    }

    private static async Task<ApiAnswer> NotOwnerAsync(ChatServer server)
    {
        using var second = await ApiClient.JoinedAsync(server, Room, "second");
        return await second.PatchAsync(RoomPath, new { locked = true });
    }

    private static async Task<ApiAnswer> JoinAfterAsync(ApiClient owner, object change, string? passphrase = null)
    {
        Assert.Equal(200, (await owner.PatchAsync(RoomPath, change)).Status);
        return await owner.PostAsync(Members, new { name = "bo", passphrase });
    }

    private static async Task<ApiAnswer> JoinSealedAsync(ApiClient program, string? check = null, string name = "bo")
    {
        var made = await program.PostAsync("/api/rooms", new { room = "SEA1ED", @sealed = true });
        return await program.PostAsync($"/api/rooms/{made.Body.GetProperty("room")}/members", new { name, check });
    }

    private static async Task<ApiAnswer> SaySealedAsync(ApiClient program)
    {
        var joined = await JoinSealedAsync(program, check: new string('a', 22));
        return await program.PostAsync(
            "/api/rooms/SEA1ED/messages", new { text = "plain", id = "m-1" },
            joined.Body.GetProperty("seat").GetString());
    }

    private static async Task<ApiAnswer> NotYoursAsync(ChatServer server, ApiClient author)
    {
        var seq = await author.PostMessageAsync("hi");
        using var second = await ApiClient.JoinedAsync(server, Room, "second");
        return await second.PatchAsync($"{Messages}/{seq}", new { text = "ho" });
    }

    private static async Task<ApiAnswer> TooLateAsync()
    {
        var clock = new TestClock();
        using var server = new ChatServer(
            services => services.AddSingleton<TimeProvider>(clock), ("Limits:EditSeconds", "1"));
        server.Lobby.Reopen(Room);
        using var program = await ApiClient.JoinedAsync(server, Room, "bot");
        var seq = await program.PostMessageAsync("hi");
        clock.AdvanceSeconds(2);
        return await program.PatchAsync($"{Messages}/{seq}", new { text = "ho" });
    }

    private static Task<ApiAnswer> SeatlessAsync(ApiClient program)
    {
        program.Seat = null;
        return program.GetAsync(Events);
    }

    /// <summary>A poll is held while the server begins to stop.</summary>
    private static async Task<ApiAnswer> UnavailableAsync()
    {
        using var server = new ChatServer(services => services.AddSingleton<IRoomStore, AwayStore>());
        using var program = await ApiClient.OfAsync(server);
        return await program.PostAsync("/api/rooms");
    }

    private static async Task<ApiAnswer> StoppingAsync(ChatServer server, ApiClient program)
    {
        var held = program.GetAsync($"{Events}?after=1&wait=60");
        await RoomsApiTests.WaitForPollAsync(program, server);
        server.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        return await held;
    }

    /// <summary>Sends a request whose body never ends, until the server reads it.</summary>
    private async Task<Socket> BeginAsync(string type, string length, string begun)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(_server.Address.Host, _server.Address.Port, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST {Members} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {type}\r\n" +
            $"Expect: 100-continue\r\n{length}\r\n\r\n"));
        await socket.ReceiveAsync(new byte[100]).Soon();    // "100 Continue"
        await socket.SendAsync(Encoding.ASCII.GetBytes(begun));
        return socket;
    }

    private static async Task UntilEndedAsync(Socket socket)
    {
        try
        {
            while (await socket.ReceiveAsync(new byte[1000]).Soon() > 0) { }
        }
        catch (SocketException)
        {
            // Reset by the server.
        }
    }

    private static ByteArrayContent Bytes(byte[] body, string type) =>
        new(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };

    /// <summary>A body of unknown length, which is sent in chunks.</summary>
    private sealed class Chunked : HttpContent
    {
        private readonly HttpContent _inner;

        public Chunked(HttpContent inner)
        {
            _inner = inner;
            Headers.ContentType = inner.Headers.ContentType;
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            foreach (var chunk in (await _inner.ReadAsByteArrayAsync()).Chunk(1000)) await stream.WriteAsync(chunk);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
