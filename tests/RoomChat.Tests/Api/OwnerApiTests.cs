using System.Text.Json;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Api;

/// <summary>What the owner does by HTTP.</summary>
public sealed class OwnerApiTests : IAsyncDisposable
{
    private readonly ChatServer _server = new();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task TheOwnerChangesTheRoomAndNullTakesAThingAway()
    {
        var (owner, room) = await OwnerAsync();

        var changed = await owner.PatchAsync(room, new { locked = true, title = "lunch", endsInSeconds = 600 });
        Assert.Equal(("lunch", true), (Text(changed, "title"), changed.Body.GetProperty("locked").GetBoolean()));
        var shown = await owner.GetAsync(room);
        Assert.True(shown.Body.GetProperty("locked").GetBoolean());
        Assert.Equal(Text(changed, "endsAt"), Text(shown, "endsAt"));
        Assert.False(shown.Body.TryGetProperty("title", out _));
        Assert.Equal(["joined", "locked", "titled", "ends"], (await owner.ReadAsync()).Events.Select(TypeOf));

        var cleared = await owner.PatchAsync(
            room, new { title = (string?)null, endsInSeconds = (int?)null });
        Assert.Equal("""{"owner":1,"locked":true}""", $"{cleared.Body}");
        Assert.Equal(400, (await owner.PatchAsync(room, new { endsInSeconds = 10 })).Status);
        Assert.Equal(400, (await owner.PatchAsync(room, new { colour = "red" })).Status);
        Assert.Equal(400, (await owner.PatchAsync(room, new { })).Status);
    }

    [Fact]
    public async Task AProgramJoinsWithThePassphrase()
    {
        var (owner, room) = await OwnerAsync();
        await owner.PatchAsync(room, new { passphrase = "sesame" });
        using var bo = await ApiClient.OfAsync(_server);

        Assert.Equal("passphrase-needed", (await bo.PostAsync($"{room}/members", new { name = "bo" })).Code);
        var joined = await bo.PostAsync($"{room}/members", new { name = "bo", passphrase = "sesame" });

        Assert.Equal((201, 2), (joined.Status, joined.Body.GetProperty("who").GetInt32()));
        Assert.Equal(1, joined.Body.GetProperty("owner").GetInt32());
    }

    [Fact]
    public async Task TheOwnerRemovesAMemberByNumber()
    {
        var (owner, room) = await OwnerAsync();
        using var bo = await ApiClient.JoinedAsync(_server, owner.Room!, "bo");
        var held = bo.GetAsync($"{room}/events?after=2&wait=60");

        Assert.Equal(403, (await bo.DeleteAsync($"{room}/members/1")).Status);
        Assert.Equal(204, (await owner.DeleteAsync($"{room}/members/2")).Status);

        Assert.Equal(401, (await held).Status);
        Assert.Equal(401, (await bo.GetAsync($"{room}/events")).Status);
        var left = (await owner.ReadAsync()).Events[^1];
        Assert.Equal((2, 1), (left.GetProperty("who").GetInt32(), left.GetProperty("by").GetInt32()));
    }

    [Fact]
    public async Task TheOwnerClosesTheRoom()
    {
        var (owner, room) = await OwnerAsync();
        await using var bo = await ChatClient.JoinedAsync(_server, owner.Room!, "bo");

        Assert.Equal(204, (await owner.DeleteAsync(room)).Status);

        var notice = await bo.ClosedNotice.Task.Soon();
        Assert.Equal("room-closed", notice.GetProperty("reason").GetString());
        Assert.False(notice.TryGetProperty("returnAfterMs", out _));
        Assert.Equal(404, (await owner.GetAsync(room)).Status);
    }

    private static string? TypeOf(JsonElement read) => read.GetProperty("type").GetString();

    private static string? Text(ApiAnswer answer, string property) => answer.Body.GetProperty(property).GetString();

    private async Task<(ApiClient Owner, string Room)> OwnerAsync()
    {
        var owner = await ApiClient.OfAsync(_server);
        await owner.JoinAsync(await owner.CreateRoomAsync(), "ana");
        return (owner, $"/api/rooms/{owner.Room}");
    }
}
