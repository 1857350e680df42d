using System.Text.Json;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Accounts;

public sealed class DirectChatTests : IAsyncLifetime
{
    private readonly ChatServer _server = new();
    private ApiClient _program = null!;
    private string _ana = "", _bo = "", _cy = "";

    public async ValueTask InitializeAsync()
    {
        _program = await ApiClient.OfAsync(_server);
        foreach (var name in (string[])["Ana", "Bo", "Cy"]) await _program.SignUpAsync(name);
        _ana = (await _program.SignInAsync("ana")).Access;
        _bo = (await _program.SignInAsync("bo")).Access;
        _cy = (await _program.SignInAsync("cy")).Access;
    }

    [Fact]
    public async Task ADirectChatIsTheSameRoomOverTheHubAndOverHttpFromEitherSide()
    {
        await using var hub = await ChatClient.ConnectAsync(_server);
        var room = (await hub.CallAsync("OpenDirect", new { with = "bo", token = _ana }))
            .GetProperty("room").GetString()!;

        var answer = await _program.PostAsync("/api/direct", new { with = "ana" }, _bo);
        Assert.Equal(room, answer.Body.GetProperty("room").GetString());
        Assert.EndsWith($"/r/{room}", answer.Body.GetProperty("url").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheTwoMembersTalkAndNobodyElseCanJoin()
    {
        await using var ana = await ChatClient.ConnectAsync(_server);
        var room = (await ana.CallAsync("OpenDirect", new { with = "bo", token = _ana }))
            .GetProperty("room").GetString()!;
        await ana.CallAsync("JoinRoom", new { room, token = _ana });
        await ana.SendAsync("hello");
        var bo = (await _program.PostAsync($"/api/rooms/{room}/members", new { token = _bo }))
            .Body.GetProperty("seat").GetString()!;
        await _program.PostAsync($"/api/rooms/{room}/messages", new { text = "hi" }, bo);
        await ana.WaitForTextAsync("hi");
        Assert.Equal(["hello", "hi"], (await _program.GetAsync($"/api/rooms/{room}/events", bo)).Texts);

        await using var stranger = await ChatClient.ConnectAsync(_server);
        foreach (var token in (string?[])[null, _cy])
        {
            Assert.Equal(
                "room-not-found", Refused(await stranger.CallAsync("JoinRoom", new { room, name = "eve", token })));
            Assert.Equal(
                "room-not-found",
                (await _program.PostAsync($"/api/rooms/{room}/members", new { name = "eve", token })).Code);
        }
        Assert.Equal("room-not-found", Refused(await stranger.CallAsync("ReopenRoom", new { room })));
        Assert.Equal("room-not-found", (await _program.PostAsync("/api/rooms", new { room })).Code);
        Assert.Equal("room-not-found", (await _program.GetAsync($"/api/rooms/{room}")).Code);
        Assert.Equal(
            "room-not-found", (await _program.GetAsync($"/api/rooms/{room}/events", new string('0', 32))).Code);
        Assert.Equal(
            "room-not-found",
            (await _program.PostAsync($"/api/rooms/{room}/messages", new { text = "hi" }, "nonsense")).Code);
        using var visitor = new Visitor(_server);
        Assert.Equal(404, (int)(await visitor.GetAsync($"/r/{room}")).StatusCode);
        Assert.Contains(
            "no room with that code",
            await Visitor.ReadAsync(await visitor.SubmitAsync("Join", ("Code", room))),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheOtherMemberFindsTheChatAndWhoAskedForIt()
    {
        var room = (await _program.PostAsync("/api/direct", new { with = "bo" }, _ana))
            .Body.GetProperty("room").GetString();

        var chat = Assert.Single(
            (await _program.GetAsync("/api/direct", _bo)).Body.GetProperty("chats").EnumerateArray().ToList());

        Assert.Equal(
            (room, "Ana", "Ana"),
            (
                chat.GetProperty("room").GetString(),
                chat.GetProperty("with").GetString(),
                chat.GetProperty("asked").GetString()));
        Assert.Empty((await _program.GetAsync("/api/direct", _cy)).Body.GetProperty("chats").EnumerateArray());
    }

    [Fact]
    public async Task WhatIsWrittenToSomebodyWhoIsNotThereIsUnreadUntilTheyCome()
    {
        await using var ana = await ChatClient.ConnectAsync(_server);
        var room = (await ana.CallAsync("OpenDirect", new { with = "bo", token = _ana }))
            .GetProperty("room").GetString()!;
        await ana.CallAsync("JoinRoom", new { room, token = _ana });
        await ana.SendAsync("one");
        await ana.SendAsync("two");
        Assert.Equal((0, 2), (await UnreadAsync(_ana), await UnreadAsync(_bo)));

        await using (var bo = await ChatClient.ConnectAsync(_server))
        {
            await bo.CallAsync("JoinRoom", new { room, token = _bo });
            await ana.SendAsync("three");
            await bo.WaitForTextAsync("three");
            Assert.Equal(0, await UnreadAsync(_bo));
            await bo.SendAsync("four");
        }
        await Wait.UntilAsync(() => _server.Connections == 1, "bo to be gone");
        await ana.SendAsync("five");        // while the seat still waits
        Assert.Equal((0, 1), (await UnreadAsync(_ana), await UnreadAsync(_bo)));

        await using (var bo = await ChatClient.ConnectAsync(_server))
        {
            await bo.CallAsync("JoinRoom", new { room, token = _bo });
            await bo.CallAsync("LeaveRoom");
        }
        Assert.Equal(0, await UnreadAsync(_bo));
        await ana.SendAsync("six");
        Assert.Equal(1, await UnreadAsync(_bo));
    }

    [Theory]
    [InlineData("nobody", "account-not-found")]
    [InlineData("ana", "account-not-found")]
    [InlineData("", "account-not-found")]
    [InlineData(null, "bad-request")]
    public async Task ADirectChatWithAnUnknownAccountIsRefused(string? with, string code)
    {
        await using var hub = await ChatClient.ConnectAsync(_server);

        Assert.Equal(code, Refused(await hub.CallAsync("OpenDirect", new { with, token = _ana })));
        Assert.Equal(code, (await _program.PostAsync("/api/direct", new { with }, _ana)).Code);
    }

    [Fact]
    public async Task AGuestHasNoDirectChats()
    {
        await using var hub = await ChatClient.ConnectAsync(_server);

        Assert.Equal("not-signed-in", Refused(await hub.CallAsync("OpenDirect", new { with = "bo" })));
        Assert.Equal(
            "not-signed-in", Refused(await hub.CallAsync("OpenDirect", new { with = "bo", token = "nonsense" })));
        Assert.Equal("bad-request", Refused(await hub.CallAsync("OpenDirect", (object?)null)));
        Assert.Equal("not-signed-in", (await _program.PostAsync("/api/direct", new { with = "bo" })).Code);
        Assert.Equal("not-signed-in", (await _program.GetAsync("/api/direct")).Code);
    }

    public async ValueTask DisposeAsync()
    {
        _program.Dispose();
        await _server.DisposeAsync();
        _server.AssertNoWarningsLogged();
    }

    private async Task<int> UnreadAsync(string token) =>
        (await _program.GetAsync("/api/direct", token)).Body.GetProperty("chats")[0].GetProperty("unread").GetInt32();

    private static string? Refused(JsonElement answer) => answer.GetProperty("refused").GetString();
}
