using RoomChat.Tests.Support;

namespace RoomChat.Tests.Hubs;

public sealed class HostileTests : IAsyncLifetime
{
    private readonly ChatServer _server = new();
    private ChatClient _bystander = null!;
    private string _room = null!;

    public async ValueTask InitializeAsync()
    {
        _bystander = await ChatClient.ConnectAsync(_server);
        _room = await _bystander.CreateRoomAsync();
        await _bystander.JoinAsync(_room, "bystander");
    }

    [Theory]
    [InlineData("JoinRoom", """{"room":"000000","name":"eve"}""", "room-not-found")]
    [InlineData("JoinRoom", """{"room":"<script>","name":"eve"}""", "room-not-found")]
    [InlineData("JoinRoom", """{"room":"ROOM","name":"   "}""", "name-invalid")]
    [InlineData("JoinRoom", """{"room":"ROOM","name":"123456789012345678901"}""", "name-invalid")]
    [InlineData("JoinRoom", """{"room":"ROOM","name":"e\u0007ve"}""", "name-invalid")]
    [InlineData("JoinRoom", """{"room":"ROOM"}""", "name-invalid")]
    [InlineData("JoinRoom", """{"room":"ROOM","name":null}""", "name-invalid")]
    [InlineData("JoinRoom", """{"name":"eve"}""", "bad-request")]
    [InlineData("JoinRoom", """{"room":"ROOM","name":"eve","after":-1}""", "bad-request")]
    [InlineData("JoinRoom", "null", "bad-request")]
    [InlineData("ReopenRoom", "null", "bad-request")]
    [InlineData("ReopenRoom", "{}", "bad-request")]
    [InlineData("ReopenRoom", """{"room":"<script>"}""", "room-not-found")]
    [InlineData("SendMessage", """{"text":"hello"}""", "not-in-room")]
    [InlineData("Typing", "", "not-in-room")]
    [InlineData("Away", "", "not-in-room")]
    [InlineData("LeaveRoom", "", "not-in-room")]
    public async Task AnInvalidCallBeforeJoiningIsRefused(string method, string arguments, string refusal)
    {
        using var eve = await RawClient.ConnectAsync(_server.Address);

        Assert.Contains(
            $"\"refused\":\"{refusal}\"",
            await eve.CallAsync(method, arguments.Replace("ROOM", _room, StringComparison.Ordinal)),
            StringComparison.Ordinal);
        await EverybodyElseGoesOnAsync();
    }

    [Theory]
    [InlineData("""{"text":""}""", "text-empty")]
    [InlineData("""{"text":" \n\t "}""", "text-empty")]
    [InlineData("""{"text":"a\u0000b"}""", "text-invalid")]
    [InlineData("""{"text":"a\u001b[2Jb"}""", "text-invalid")]
    [InlineData("""{"text":"LONG"}""", "text-too-long")]
    [InlineData("""{"text":null}""", "bad-request")]
    [InlineData("{}", "bad-request")]
    [InlineData("null", "bad-request")]
    [InlineData("""{"text":"a","id":""}""", "bad-request")]
    [InlineData("""{"text":"a","id":"not/an/id"}""", "bad-request")]
    public async Task AnInvalidMessageOfAMemberIsRefused(string arguments, string refusal)
    {
        using var eve = await JoinedEveAsync();

        var answer = await eve.CallAsync(
            "SendMessage", arguments.Replace("LONG", new string('a', 501), StringComparison.Ordinal));

        Assert.Contains($"\"refused\":\"{refusal}\"", answer, StringComparison.Ordinal);
        await EverybodyElseGoesOnAsync();
    }

    [Theory]
    [InlineData("SendMessage", "5")]
    [InlineData("SendMessage", """{"text":5}""")]
    [InlineData("SendMessage", "")]
    [InlineData("SendMessage", """{"text":"a"},{"text":"b"}""")]
    [InlineData("JoinRoom", """["a"]""")]
    [InlineData("JoinRoom", """{"room":"ROOM","name":"eve","after":"first"}""")]
    [InlineData("JoinRoom", """{"room":"ROOM","name":"eve","after":99999999999999999999}""")]
    [InlineData("NoSuchMethod", "")]
    [InlineData("OnDisconnectedAsync", "null")]
    [InlineData("Dispose", "")]
    public async Task ArgumentsThatCannotBeBoundGetTheErrorOfSignalR(string method, string arguments)
    {
        using var eve = await RawClient.ConnectAsync(_server.Address);

        var answer = await eve.CallAsync(method, arguments.Replace("ROOM", _room, StringComparison.Ordinal));

        Assert.Contains("\"error\":", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(" at ", answer, StringComparison.Ordinal);
        await EverybodyElseGoesOnAsync();
    }

    [Theory]
    [InlineData("text-invalid", "SendMessage", """{"text":"a\ud800b"}""")]
    [InlineData("name-invalid", "Rename", """{"name":"eve\udc00"}""")]
    [InlineData("title-invalid", "NameRoom", """{"title":"\ud83d"}""")]
    [InlineData("bad-request", "SendMessage", """{"text":"a","id":"\ud800"}""")]
    public async Task HalfASurrogateIsRefusedAsTheField(string refusal, string method, string arguments)
    {
        using var eve = await JoinedEveAsync();

        Assert.Contains(
            $"\"refused\":\"{refusal}\"", await eve.CallAsync(method, arguments), StringComparison.Ordinal);
        await EverybodyElseGoesOnAsync();
    }

    [Theory]
    [InlineData("this is not JSON")]
    [InlineData("""{"type":1,"target":"SendMessage","arguments":[{"text":""")]
    [InlineData("[]")]
    [InlineData("""{"type":"x"}""")]
    public async Task ABrokenRecordClosesTheConnection(string record)
    {
        using var eve = await RawClient.ConnectAsync(_server.Address);

        await eve.SendAsync(record);
        await eve.UntilClosedAsync();

        await EverybodyElseGoesOnAsync();
    }

    [Fact]
    public async Task ARecordOfFortyKilobytesClosesTheConnection()
    {
        using var eve = await RawClient.ConnectAsync(_server.Address);

        await eve.SendAsync(
            $$"""{"type":1,"target":"SendMessage","arguments":[{"text":"{{new string('a', 40 << 10)}}"}]}""");
        await eve.UntilClosedAsync();

        await EverybodyElseGoesOnAsync();
    }

    [Fact]
    public async Task BytesThatAreNotUtf8CloseTheConnectionOrAreRefused()
    {
        using var eve = await JoinedEveAsync();

        var before = "{\"type\":1,\"target\":\"SendMessage\",\"arguments\":[{\"text\":\""u8.ToArray();
        await eve.SendBytesAsync([.. before, 0xFF, 0xFE, .. "\"}]}\u001e"u8]);
        await eve.UntilClosedAsync();

        await EverybodyElseGoesOnAsync();
    }

    [Fact]
    public async Task TheLongestMessageIsAcceptedHoweverItIsEscaped()
    {
        using var eve = await JoinedEveAsync();
        var escaped = string.Concat(Enumerable.Repeat("\\ud83d\\ude00", 500));

        Assert.Contains(
            "\"seq\":", await eve.CallAsync("SendMessage", $$"""{"text":"{{escaped}}"}"""), StringComparison.Ordinal);
        await _bystander.WaitForTextAsync(string.Concat(Enumerable.Repeat("😀", 500)));
    }

    [Fact]
    public async Task MarkupAndOddTextArriveUnchanged()
    {
        await using var eve = await ChatClient.JoinedAsync(_server, _room, "<b>eve</b>");
        string[] texts =
            ["<script>alert(1)</script>", "\"}]}", "a\r\n\tb", "\u202Eabc", "e\u0301 é", "🏳️‍🌈", "a\u2028b"];
        foreach (var text in texts)
        {
            await eve.SendAsync(text);
            await _bystander.WaitForTextAsync(text);
        }
        Assert.Equal("<b>eve</b>", _bystander.Events[^1].GetProperty("from").GetString());
        _server.AssertNoWarningsLogged();
    }

    private async Task<RawClient> JoinedEveAsync()
    {
        var eve = await RawClient.ConnectAsync(_server.Address);
        Assert.Contains(
            "\"seat\"",
            await eve.CallAsync("JoinRoom", $$"""{"room":"{{_room}}","name":"eve"}"""),
            StringComparison.Ordinal);
        return eve;
    }

    private async Task EverybodyElseGoesOnAsync()
    {
        await _bystander.WaitForSeqAsync(await _bystander.SendAsync("still here"));
        _server.AssertNoWarningsLogged();
    }

    public async ValueTask DisposeAsync()
    {
        await _bystander.DisposeAsync();
        await _server.DisposeAsync();
    }
}
