using RoomChat.Tests.Support;

namespace RoomChat.Tests.Hubs;

/// <summary>What only a real socket shows; SeatTests has the rules.</summary>
public sealed class ReturnTests : IAsyncLifetime
{
    private readonly ChatServer _server = new();
    private ChatClient _ana = null!;
    private string _room = null!;

    public async ValueTask InitializeAsync()
    {
        _ana = await ChatClient.ConnectAsync(_server);
        _room = await _ana.CreateRoomAsync();
        await _ana.JoinAsync(_room, "ana");
    }

    [Fact]
    public async Task ANewConnectionReturnsToTheSeatAndReceivesExactlyTheMissedEvents()
    {
        var bo = await ChatClient.ConnectAsync(_server);
        var joined = await bo.JoinAsync(_room, "bo");
        await bo.WaitForSeqAsync(2);
        await bo.DisposeAsync();
        for (var i = 0; i < 3; i++) await _ana.SendAsync($"missed {i}");

        await using var back = await ChatClient.ConnectAsync(_server);
        var answer = await back.JoinAsync(
            _room, "another name", joined.GetProperty("seat").GetString(), joined.GetProperty("epoch").GetString(),
            after: 2);
        await back.WaitForSeqAsync(5);

        Assert.Equal("bo", answer.GetProperty("name").GetString());
        Assert.False(answer.TryGetProperty("gap", out _));
        Assert.Equal([3, 4, 5], back.Seqs);
        Assert.Equal([1, 2, 3, 4, 5], _ana.Seqs);
    }

    [Fact]
    public async Task AReplacedConnectionIsToldAndClosed()
    {
        await using var old = await ChatClient.ConnectAsync(_server);
        var joined = await old.JoinAsync(_room, "bo");
        await using var newer = await ChatClient.ConnectAsync(_server);
        await newer.JoinAsync(_room, "bo", joined.GetProperty("seat").GetString());

        var notice = await old.ClosedNotice.Task.Soon();
        Assert.Equal("replaced", notice.GetProperty("reason").GetString());
        Assert.False(notice.TryGetProperty("returnAfterMs", out _));
        await old.Ended.Task.Soon();
    }

    public async ValueTask DisposeAsync()
    {
        await _ana.DisposeAsync();
        await _server.DisposeAsync();
        _server.AssertNoWarningsLogged();
    }
}
