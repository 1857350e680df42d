using System.Text.Json;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Hubs;

/// <summary>What the server knows of a sealed room, and what it holds its members to.</summary>
public sealed class SealedRoomTests : IAsyncDisposable
{
    private static readonly string Key = Sealing.NewKey();
    private readonly ChatServer _server = new();

    [Fact]
    public async Task ARoomIsSealedByHubAndByHttpAndSaysSo()
    {
        await using var ana = await ChatClient.ConnectAsync(_server);
        using var program = await ApiClient.OfAsync(_server);

        Assert.False((await ana.CallAsync("CreateRoom")).TryGetProperty("sealed", out _));
        Assert.False((await ana.CallAsync("CreateRoom", new { })).TryGetProperty("sealed", out _));
        var byHub = await ana.CallAsync("CreateRoom", new { @sealed = true });
        Assert.True(byHub.GetProperty("sealed").GetBoolean());
        var byHttp = await program.PostAsync("/api/rooms", new { @sealed = true });
        Assert.True(byHttp.Body.GetProperty("sealed").GetBoolean());

        foreach (var room in new[] { RoomOf(byHub), RoomOf(byHttp.Body) })
        {
            Assert.True((await program.GetAsync($"/api/rooms/{room}")).Body.GetProperty("sealed").GetBoolean());
            var joined = await JoinAsync(ana, room, "ana", new Sealing(Key, room).Check);
            Assert.True(joined.GetProperty("sealed").GetBoolean());
        }
    }

    [Fact]
    public async Task ReopenedItIsSealedIfThatIsAskedFor()
    {
        await using var ana = await ChatClient.ConnectAsync(_server);

        var reopened = await ana.CallAsync("ReopenRoom", new { room = "K7M2QX", @sealed = true });
        Assert.True(reopened.GetProperty("sealed").GetBoolean());
        // Where it lives, it is as it is.
        Assert.True((await ana.CallAsync("ReopenRoom", new { room = "K7M2QX" })).GetProperty("sealed").GetBoolean());
        using var program = await ApiClient.OfAsync(_server);
        var again = await program.PostAsync("/api/rooms", new { room = "K7M2QX", @sealed = false });
        Assert.True(again.Body.GetProperty("sealed").GetBoolean());
    }

    [Fact]
    public async Task WhoHasNoKeyOrAnotherJoinsNothing()
    {
        await using var ana = await ChatClient.ConnectAsync(_server);
        await using var eve = await ChatClient.ConnectAsync(_server);
        var room = await CreateAsync(ana);

        Assert.Equal("key-needed", Refused(await JoinAsync(eve, room, "eve", check: null)));
        Assert.Equal("key-wrong", Refused(await JoinAsync(eve, room, "eve", "no check")));
        await JoinAsync(ana, room, "ana", new Sealing(Key, room).Check);
        Assert.Equal("key-needed", Refused(await JoinAsync(eve, room, "eve", check: null)));
        var other = new Sealing(Sealing.NewKey(), room).Check;
        Assert.Equal("key-wrong", Refused(await JoinAsync(eve, room, "eve", other)));
        using var program = await ApiClient.OfAsync(_server);
        var refused = await program.PostAsync($"/api/rooms/{room}/members", new { name = "eve" });
        Assert.Equal((403, "key-needed"), (refused.Status, refused.Code));
        Assert.Equal(1, _server.Lobby.Members);

        var joined = await program.PostAsync(
            $"/api/rooms/{room}/members", new { name = "bot", check = new Sealing(Key, room).Check });
        Assert.Equal(201, joined.Status);
    }

    [Fact]
    public async Task TheKeyHoldsWhenEverybodyHasLeftAndForTheOwnerToo()
    {
        await using var ana = await ChatClient.ConnectAsync(_server);
        var room = await CreateAsync(ana);
        var seat = (await JoinAsync(ana, room, "ana", new Sealing(Key, room).Check)).GetProperty("seat").GetString();
        await ana.CallAsync("LeaveRoom");

        var other = new Sealing(Sealing.NewKey(), room).Check;
        var refused = await ana.CallAsync("JoinRoom", new { room, name = "ana", seat, check = other });
        Assert.Equal("key-wrong", Refused(refused));
        Assert.Equal("key-wrong", Refused(await JoinAsync(ana, room, "bo", other)));
        Assert.Null(Refused(await JoinAsync(ana, room, "bo", new Sealing(Key, room).Check)));
    }

    [Fact]
    public async Task ALiveSeatReturnsWithoutTheCheck()
    {
        await using var ana = await ChatClient.ConnectAsync(_server);
        var room = await CreateAsync(ana);
        var seat = (await JoinAsync(ana, room, "ana", new Sealing(Key, room).Check)).GetProperty("seat").GetString();

        Assert.Null(Refused(await ana.CallAsync("JoinRoom", new { room, name = "ana", seat })));
    }

    [Fact]
    public async Task ARoomThatIsNotSealedTakesNoKey()
    {
        await using var ana = await ChatClient.ConnectAsync(_server);
        var room = await ana.CreateRoomAsync();

        Assert.Equal("key-wrong", Refused(await JoinAsync(ana, room, "ana", new Sealing(Key, room).Check)));
    }

    [Theory]
    [InlineData("hello", "not-sealed")]
    [InlineData("v1.", "not-sealed")]
    [InlineData("v1.hello", "not-sealed")]
    [InlineData("v2.AAECAwQFBgcICQoLYQSAZ7VRf38304fkOexneaUv36iE", "not-sealed")]
    [InlineData("v1.AAECAwQFBgcICQoLYQSAZ7VRf38304fkOexneaUv36iE=", "not-sealed")]
    [InlineData("v1.AAECAwQFBgcICQoLYQSAZ7VRf38304fkOexneaUv36iE\n", "not-sealed")]
    [InlineData("v1.AAECAwQFBgcICQoLYQSAZ7VRf38304fkOexnd", "not-sealed")]
    [InlineData("v1.AAECAwQFBgcICQoLYQSAZ7VRf38304fkOexneA", "text-empty")]
    [InlineData(null, "bad-request")]
    [InlineData("v1.AAECAwQFBgcICQoLYQSAZ7VRf38304fkOexneaUv36iE", null)]
    public async Task OnlyWhatIsSealedIsSaid(string? text, string? refused)
    {
        await using var ana = await ChatClient.ConnectAsync(_server);
        var room = await CreateAsync(ana);
        await JoinAsync(ana, room, "ana", new Sealing(Key, room).Check);

        Assert.Equal(refused, Refused(await ana.CallAsync("SendMessage", new { text, id = "m-1" })));
        if (refused is null)
            Assert.Equal("bad-request", Refused(await ana.CallAsync("SendMessage", new { text })));
    }

    [Fact]
    public async Task FiveHundredCharactersFitOfWhateverKind()
    {
        await using var ana = await ChatClient.ConnectAsync(_server);
        await using var bo = await ChatClient.ConnectAsync(_server);
        var room = await CreateAsync(ana);
        var sealing = new Sealing(Key, room);
        var joined = await JoinAsync(ana, room, "ana", sealing.Check);
        await JoinAsync(bo, room, "bo", sealing.Check);
        var (epoch, who) = (joined.GetProperty("epoch").GetString()!, joined.GetProperty("who").GetInt32());
        var longest = string.Concat(Enumerable.Repeat("🎉", 500));

        var tooLong = sealing.SealMessage(epoch, who, "m-1", longest + "a");
        Assert.Equal("text-too-long", Refused(await ana.CallAsync("SendMessage", new { text = tooLong, id = "m-1" })));
        var seq = (await ana.CallAsync(
            "SendMessage", new { text = sealing.SealMessage(epoch, who, "m-1", longest), id = "m-1" }))
            .GetProperty("seq").GetInt64();
        await ana.CallAsync("EditMessage", new { seq, text = sealing.Seal(epoch, "shorter", $"edited\n{who}\n{seq}") });
        Assert.Equal("not-sealed", Refused(await ana.CallAsync("EditMessage", new { seq, text = "plain" })));
        await ana.CallAsync("NameRoom", new { title = sealing.Seal(epoch, "Tea", "titled") });
        Assert.Equal("title-invalid", Refused(await ana.CallAsync("NameRoom", new { title = "Tea" })));

        await bo.WaitForSeqAsync(seq + 2);
        Assert.Equal(longest, sealing.Open(epoch, TextOf(bo, seq), $"message\n{who}\nm-1\n"));
        Assert.Equal("shorter", sealing.Open(epoch, TextOf(bo, seq + 1), $"edited\n{who}\n{seq}"));
        Assert.Equal("Tea", sealing.Open(epoch, TextOf(bo, seq + 2), "titled"));
    }

    [Fact]
    public void TheVectorsOfTheDocumentAreWhatAnotherLibraryMakes()
    {
        var document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "../../../../../docs/sealed.md"));
        var sealing = new Sealing("AAECAwQFBgcICQoLDA0ODw", "K7M2QX");
        var nonce = Convert.FromHexString("000102030405060708090a0b");
        const string Epoch = "a1b2c3d4e5f6";

        Assert.Contains($"`{sealing.Check}`", document, StringComparison.Ordinal);
        string[] vectors =
        [
            sealing.SealMessage(Epoch, 2, "m-1", "hello", nonce: nonce),
            sealing.SealMessage(Epoch, 2, "m-2", "héllo 🎉", replyTo: 1, nonce: nonce),
            sealing.Seal(Epoch, "hello!", "edited\n2\n3", nonce), sealing.Seal(Epoch, "Tea", "titled", nonce),
        ];
        Assert.All(vectors, vector => Assert.Contains($"`{vector}`", document, StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _server.AssertNoWarningsLogged();
    }

    private static async Task<string> CreateAsync(ChatClient client) =>
        RoomOf(await client.CallAsync("CreateRoom", new { @sealed = true }));

    private static string RoomOf(JsonElement answer) => answer.GetProperty("room").GetString()!;

    private static Task<JsonElement> JoinAsync(ChatClient client, string room, string name, string? check) =>
        client.CallAsync("JoinRoom", new { room, name, check });

    private static string? Refused(JsonElement answer) =>
        answer.TryGetProperty("refused", out var code) ? code.GetString() : null;

    private static string TextOf(ChatClient client, long seq) =>
        client.Events.First(line => line.GetProperty("seq").GetInt64() == seq).GetProperty("text").GetString()!;
}
