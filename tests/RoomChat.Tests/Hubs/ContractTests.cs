using System.Text.Json;
using System.Text.RegularExpressions;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Hubs;

/// <summary>The exact bytes on which clients of other authors rely.</summary>
public sealed partial class ContractTests : IDisposable
{
    private readonly ChatServer _server = new();

    [Fact]
    public async Task ARoomHasACodeOfSixPlainCharacters()
    {
        using var client = await RawClient.ConnectAsync(_server.Address);

        Assert.Matches(
            """^\{"type":3,"invocationId":"1","result":\{"room":"[0-9A-HJKMNP-TV-Z]{6}"\}\}$""",
            await client.CallAsync("CreateRoom", ""));
    }

    [Fact]
    public async Task JoiningAnswersWithTheSeatTheEpochTheRosterAndItsPlace()
    {
        using var client = await RawClient.ConnectAsync(_server.Address);
        var room = await CreateRoomAsync(client);

        var answer = await client.CallAsync("JoinRoom", $$"""{"room":"{{room.ToLowerInvariant()}}","name":" ana "}""");

        Assert.Matches(
            """^\{"type":3,"invocationId":"1","result":""" +
                $$"""\{"room":"{{room}}","name":"ana","seat":"[0-9a-f]{32}","epoch":"[0-9a-f]+","seq":1""" +
                $$""","users":\[\{"who":1,"name":"ana","since":"{{Time}}"\}\],"who":1,"owner":1\}\}$""",
            answer);
    }

    [Fact]
    public async Task EventsComeInBatchesWithTheEpochAndSeqIsTheirFirstProperty()
    {
        using var client = await RawClient.ConnectAsync(_server.Address);
        var room = await CreateRoomAsync(client);
        await client.SendAsync($$"""{"type":1,"target":"JoinRoom","arguments":[{"room":"{{room}}","name":"ana"}]}""");
        var joined = await client.FirstAsync("\"Receive\"");
        await client.SendAsync("""{"type":1,"target":"SendMessage","arguments":[{"text":"hi","id":"my-id_1"}]}""");
        var message = await client.FirstAsync("\"message\"");

        Assert.Matches(
            """^\{"type":1,"target":"Receive","arguments":\[\[""" +
                $$"""\{"seq":1,"type":"joined","from":"ana","at":"{{Time}}","who":1\}\],"[0-9a-f]+"\]\}$""",
            joined);
        Assert.Matches(
            """^\{"type":1,"target":"Receive","arguments":\[\[""" +
                $$"""\{"seq":2,"type":"message","from":"ana","text":"hi","at":"{{Time}}","id":"my-id_1","who":1\}\]""" +
                ""","[0-9a-f]+"\]\}$""",
            message);
    }

    [Fact]
    public async Task OpeningADirectChatAnswersWithItsRoomAndItsMembersAreMarkedAsRegistered()
    {
        using var program = await ApiClient.OfAsync(_server);
        await program.SignUpAsync("bo");
        await program.SignUpAsync("ana");
        var token = (await program.SignInAsync("ana")).Access;
        using var client = await RawClient.ConnectAsync(_server.Address);

        var opened = await client.CallAsync("OpenDirect", $$"""{"with":"bo","token":"{{token}}"}""");
        var room = Regex.Match(
            opened,
            """^\{"type":3,"invocationId":"1","result":\{"room":"([0-9A-HJKMNP-TV-Z]{6})"\}\}$""").Groups[1].Value;
        await client.SendAsync(
            $$"""{"type":1,"target":"JoinRoom","arguments":[{"room":"{{room}}","token":"{{token}}"}]}""");

        Assert.Matches(
            """^\{"type":1,"target":"Receive","arguments":\[\[""" +
                $$"""\{"seq":1,"type":"joined","from":"ana","at":"{{Time}}","registered":true,"who":1\}\]""" +
                ""","[0-9a-f]+"\]\}$""",
            await client.FirstAsync("\"Receive\""));
    }

    [Fact]
    public async Task SendingAnswersWithTheSeqAndOtherCallsWithAnEmptyObject()
    {
        using var client = await RawClient.ConnectAsync(_server.Address);
        var room = await CreateRoomAsync(client);
        await client.CallAsync("JoinRoom", $$"""{"room":"{{room}}","name":"ana"}""");

        Assert.EndsWith("""
            "result":{"seq":2}}
            """.Trim(), await client.CallAsync("SendMessage", """{"text":"hi"}"""), StringComparison.Ordinal);
        foreach (var method in (string[])["Typing", "Away", "LeaveRoom"])
            Assert.EndsWith("\"result\":{}}", await client.CallAsync(method, ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TypingReachesAnotherMemberWithTheNameOfTheTypist()
    {
        using var client = await RawClient.ConnectAsync(_server.Address);
        var room = await CreateRoomAsync(client);
        await client.CallAsync("JoinRoom", $$"""{"room":"{{room}}","name":"ana"}""");
        using var bo = await RawClient.ConnectAsync(_server.Address);
        await bo.CallAsync("JoinRoom", $$"""{"room":"{{room}}","name":"bo"}""");

        var notice = bo.FirstAsync("\"Typing\"");
        await Wait.UntilAsync(      // a notice is dropped while another write is under way
            async () =>
            {
                await client.CallAsync("Typing", "");
                return notice.IsCompleted;
            },
            "a notice");

        Assert.Equal("""{"type":1,"target":"Typing","arguments":["ana"]}""", await notice);
    }

    [Fact]
    public async Task ARefusalHasACodeAndASentence()
    {
        using var client = await RawClient.ConnectAsync(_server.Address);

        var answer = await client.CallAsync("JoinRoom", """{"room":"000000","name":"ana"}""");

        Assert.Matches(
            """^\{"type":3,"invocationId":"1","result":\{"refused":"room-not-found","message":"[^"]+"\}\}$""", answer);
    }

    [Fact]
    public async Task ARateLimitedSenderIsToldWhenToTryAgain()
    {
        using var server = new ChatServer(
            services => services.AddSingleton<TimeProvider>(new TestClock()),
            ("Limits:MessagesPerSecond", "1"), ("Limits:MessageBurst", "1"));
        using var client = await RawClient.ConnectAsync(server.Address);
        var room = await CreateRoomAsync(client);
        await client.CallAsync("JoinRoom", $$"""{"room":"{{room}}","name":"ana"}""");
        await client.CallAsync("SendMessage", """{"text":"one"}""");

        var answer = await client.CallAsync("SendMessage", """{"text":"two"}""");

        Assert.Matches("\"refused\":\"rate-limited\",\"message\":\"[^\"]+\",\"retryAfterMs\":1000}}$", answer);
    }

    [Fact]
    public async Task ReopeningAnOpenRoomChangesNothingAndRevivesAClosedOne()
    {
        using var client = await RawClient.ConnectAsync(_server.Address);
        var room = await CreateRoomAsync(client);
        var before = JsonDocument.Parse(
            await client.CallAsync("JoinRoom", $$"""{"room":"{{room}}","name":"ana"}""")).RootElement;

        Assert.Contains(
            $$"""{"room":"{{room}}"}""",
            await client.CallAsync("ReopenRoom", $$"""{"room":"{{room}}"}"""),
            StringComparison.Ordinal);
        var after = JsonDocument.Parse(
            await client.CallAsync("JoinRoom", $$"""{"room":"{{room}}","name":"ana"}""")).RootElement;
        Assert.Equal(
            before.GetProperty("result").GetProperty("epoch").GetString(),
            after.GetProperty("result").GetProperty("epoch").GetString());

        Assert.Contains(
            """{"room":"00000Z"}""",
            await client.CallAsync("ReopenRoom", """{"room":"oooo o-z"}"""),
            StringComparison.Ordinal);
        Assert.Contains(
            "\"seat\"",
            await client.CallAsync("JoinRoom", """{"room":"00000Z","name":"ana"}"""),
            StringComparison.Ordinal);
    }

    private const string Time = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z";

    private static async Task<string> CreateRoomAsync(RawClient client) =>
        Room().Match(await client.CallAsync("CreateRoom", "")).Groups[1].Value;

    [GeneratedRegex("\"room\":\"([^\"]+)\"")]
    private static partial Regex Room();

    public void Dispose() => _server.Dispose();
}
