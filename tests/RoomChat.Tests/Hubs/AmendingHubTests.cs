using System.Text.Encodings.Web;
using System.Text.Json;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Hubs;

/// <summary>How what was said changes by hub, to the byte.</summary>
public sealed class AmendingHubTests : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Unescaped = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly (string Method, string? Argument, string Reason)[] Refused =
    [
        ("EditMessage", """{"seq":3,"text":"ho"}""", "not-yours"),
        ("EditMessage", """{"seq":99,"text":"ho"}""", "message-not-found"),
        ("EditMessage", null, "bad-request"),
        ("RemoveMessage", """{"seq":3}""", "not-yours"),
        ("RemoveMessage", """{"seq":1}""", "message-not-found"),
        ("RemoveMessage", null, "bad-request"),
        ("React", """{"seq":3,"mark":"🦄","on":true}""", "bad-request"),
        ("React", """{"seq":2,"mark":"✅","on":true}""", "message-not-found"),
        ("React", null, "bad-request"),
        ("Rename", """{"name":"ANA"}""", "name-taken"),
        ("Rename", null, "name-invalid"),
        ("Seen", """{"seq":99}""", "bad-request"),
        ("SendMessage", """{"text":"ho","replyTo":99}""", "message-not-found"),
    ];

    private readonly ChatServer _server = new();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task EachChangeIsAnsweredWithItsSeqAndSeenByEverybody()
    {
        var (ana, bo, _) = await TwoAsync();
        var seq = await ana.SendAsync("hi");
        var answer = (await bo.CallAsync("SendMessage", new { text = "ho", replyTo = seq })).GetProperty("seq");
        Assert.Equal("""{"seq":5}""", $"{await ana.CallAsync("EditMessage", new { seq, text = "hey" })}");
        Assert.Equal("""{"seq":6}""", $"{await bo.CallAsync("React", new { seq, mark = "✅", on = true })}");
        Assert.Equal("""{"seq":7}""", $"{await bo.CallAsync("React", new { seq, mark = "✅", on = false })}");
        Assert.Equal("""{"seq":8}""", $"{await ana.CallAsync("RemoveMessage", new { seq = answer })}");
        Assert.Equal("""{"name":"bob"}""", $"{await bo.CallAsync("Rename", new { name = " bob " })}");
        await ana.WaitForSeqAsync(9);

        Assert.Equal(
            [
                """{"seq":4,"type":"message","from":"bo","text":"ho","who":2,"replyTo":3}""",
                """{"seq":5,"type":"edited","from":"ana","text":"hey","who":1,"of":3}""",
                """{"seq":6,"type":"reacted","from":"bo","who":2,"on":true,"of":3,"mark":"✅"}""",
                """{"seq":7,"type":"reacted","from":"bo","who":2,"on":false,"of":3,"mark":"✅"}""",
                """{"seq":8,"type":"removed","from":"ana","who":1,"of":4}""",
                """{"seq":9,"type":"renamed","from":"bo","who":2,"to":"bob"}""",
            ],
            ana.Events.Skip(3).Select(WithoutTime));
    }

    [Fact]
    public async Task ANewcomerIsShownWhatHasComeOfIt()
    {
        var (ana, bo, room) = await TwoAsync();
        var first = await ana.SendAsync("one", "m1");
        var second = await bo.SendAsync("two", "m2");
        await ana.CallAsync("EditMessage", new { seq = first, text = "eins" });
        await bo.CallAsync("React", new { seq = first, mark = "❤️", on = true });
        await ana.CallAsync("React", new { seq = first, mark = "❤️", on = true });
        await ana.CallAsync("RemoveMessage", new { seq = second });

        await using var cy = await ChatClient.JoinedAsync(_server, room, "cy");
        await cy.WaitForSeqAsync(9);

        Assert.Equal([1, 2, 3, 4, 9], cy.Seqs);
        Assert.Equal(["eins"], cy.Texts);
        Assert.Equal(
            """{"seq":3,"type":"message","from":"ana","text":"eins","id":"m1","who":1""" +
                ""","marks":{"❤️":["bo","ana"]},"markedBy":{"❤️":[2,1]}}""",
            WithoutTime(cy.Events[2]));
        Assert.Equal(
            """{"seq":4,"type":"removed","from":"bo","id":"m2","who":2,"by":1,"of":4}""", WithoutTime(cy.Events[3]));
    }

    [Fact]
    public async Task WhatCannotBeIsRefusedAndNothingHappens()
    {
        var (ana, bo, _) = await TwoAsync();
        await ana.SendAsync("hi");
        await using var outside = await ChatClient.ConnectAsync(_server);
        foreach (var (method, argument, reason) in Refused)
        {
            object? given = argument is null ? null : JsonDocument.Parse(argument).RootElement;
            var refused = await bo.CallAsync(method, given);
            var stranger = await outside.CallAsync(method, given);

            Assert.Equal((method, reason), (method, refused.GetProperty("refused").GetString()));
            Assert.Equal("not-in-room", stranger.GetProperty("refused").GetString());
        }
        Assert.Equal(4, await bo.SendAsync("next"));
    }

    [Fact]
    public async Task WhoTellsHowFarHeHasSeenIsToldHowFarOthersHave()
    {
        using var ana = await RawClient.ConnectAsync(_server.Address);
        var room = _server.Lobby.Create().OrFail().Code;
        await ana.CallAsync("JoinRoom", $$"""{"room":"{{room}}","name":"ana"}""");
        Assert.Equal("""{"type":3,"invocationId":"1","result":{}}""", await ana.CallAsync("Seen", """{"seq":1}"""));

        Assert.Equal(
            """{"type":1,"target":"Seen","arguments":[[{"who":1,"name":"ana","seq":1}]]}""",
            await ana.FirstAsync("\"Seen\""));
        Assert.Equal("""{"type":3,"invocationId":"1","result":{}}""", await ana.CallAsync("Seen", "{}"));
    }

    private async Task<(ChatClient Ana, ChatClient Bo, string Room)> TwoAsync()
    {
        var ana = await ChatClient.ConnectAsync(_server);
        var room = await ana.CreateRoomAsync();
        await ana.JoinAsync(room, "ana");
        return (ana, await ChatClient.JoinedAsync(_server, room, "bo"), room);
    }

    private static string WithoutTime(JsonElement read) => JsonSerializer.Serialize(
        read.EnumerateObject().Where(property => property.Name is not ("at" or "editedAt"))
            .ToDictionary(property => property.Name, property => property.Value),
        Unescaped);
}
