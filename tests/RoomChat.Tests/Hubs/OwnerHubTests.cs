using System.Text.Json;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Hubs;

/// <summary>What the owner does by hub, and what others see of it.</summary>
public sealed class OwnerHubTests : IAsyncDisposable
{
    private readonly ChatServer _server = new();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task EachActIsAnsweredAndSeenByEverybody()
    {
        var (ana, bo, _) = await TwoAsync();

        Assert.Equal("{}", $"{await ana.CallAsync("LockRoom", new { locked = true })}");
        Assert.Equal("{}", $"{await ana.CallAsync("SetPassphrase", new { passphrase = "sesame" })}");
        Assert.Equal("{}", $"{await ana.CallAsync("NameRoom", new { title = "lunch" })}");
        var end = await ana.CallAsync("EndRoom", new { inSeconds = 600 });
        Assert.Equal("{}", $"{await ana.CallAsync("EndRoom", new { })}");
        Assert.Equal("{}", $"{await ana.CallAsync("PassOwnership", new { who = 2 })}");
        await bo.WaitForSeqAsync(8);

        var seen = bo.Events.Where(line => line.GetProperty("seq").GetInt64() > 2).ToList();
        Assert.Equal(
            ["locked", "passphrase", "titled", "ends", "ends", "owner"],
            seen.Select(line => line.GetProperty("type").GetString()));
        Assert.All(seen, line => Assert.Equal(1, line.GetProperty("who").GetInt32()));
        Assert.True(seen[1].GetProperty("on").GetBoolean());
        Assert.Equal("lunch", seen[2].GetProperty("text").GetString());
        Assert.Equal(end.GetProperty("endsAt").GetString(), seen[3].GetProperty("endsAt").GetString());
        Assert.False(seen[4].TryGetProperty("endsAt", out _));
        Assert.Equal(2, seen[5].GetProperty("to").GetInt32());
    }

    [Theory]
    [InlineData("LockRoom", """{"locked":true}""")]
    [InlineData("SetPassphrase", """{"passphrase":"sesame"}""")]
    [InlineData("NameRoom", """{"title":"lunch"}""")]
    [InlineData("EndRoom", """{"inSeconds":600}""")]
    [InlineData("RemoveMember", """{"who":1}""")]
    [InlineData("PassOwnership", """{"who":2}""")]
    [InlineData("CloseRoom", null)]
    public async Task WhoeverDoesNotOwnTheRoomIsRefusedAndNothingHappens(string method, string? arguments)
    {
        var (ana, bo, room) = await TwoAsync();
        object[] given = arguments is null ? [] : [JsonDocument.Parse(arguments).RootElement];

        var refused = await bo.CallAsync(method, given);
        await using var outside = await ChatClient.ConnectAsync(_server);
        var stranger = await outside.CallAsync(method, given);
        await ana.SendAsync("still here");

        Assert.Equal("not-owner", refused.GetProperty("refused").GetString());
        Assert.Equal("not-in-room", stranger.GetProperty("refused").GetString());
        await bo.WaitForSeqAsync(3);
        Assert.Equal(["still here"], bo.Texts);
        await using var eve = await ChatClient.JoinedAsync(_server, room, "eve");
    }

    [Fact]
    public async Task WhoeverIsRemovedIsToldAndTheRoomClosesForEverybody()
    {
        var (ana, bo, room) = await TwoAsync();

        Assert.Equal("{}", $"{await ana.CallAsync("RemoveMember", new { who = 2 })}");
        Assert.Equal("removed", (await bo.ClosedNotice.Task.Soon()).GetProperty("reason").GetString());
        await using var eve = await ChatClient.JoinedAsync(_server, room, "eve");
        Assert.Equal("{}", $"{await ana.CallAsync("CloseRoom")}");

        Assert.Equal("room-closed", (await eve.ClosedNotice.Task.Soon()).GetProperty("reason").GetString());
        Assert.Equal("room-closed", (await ana.ClosedNotice.Task.Soon()).GetProperty("reason").GetString());
    }

    private async Task<(ChatClient Ana, ChatClient Bo, string Room)> TwoAsync()
    {
        var ana = await ChatClient.ConnectAsync(_server);
        var room = await ana.CreateRoomAsync();
        await ana.JoinAsync(room, "ana");
        var bo = await ChatClient.JoinedAsync(_server, room, "bo");
        await bo.WaitForSeqAsync(2);
        return (ana, bo, room);
    }
}
