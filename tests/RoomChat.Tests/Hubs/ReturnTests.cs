using RoomChat.Tests.Support;

namespace RoomChat.Tests.Hubs;

public sealed class ReturnTests : IAsyncLifetime
{
    private readonly ChatServer _server = new(("Limits:SeatSeconds", "1"), ("Limits:AwaySeconds", "1"));
    private ChatClient _ana = null!;
    private string _room = null!;

    public async ValueTask InitializeAsync()
    {
        _ana = await ChatClient.ConnectAsync(_server);
        _room = await _ana.CreateRoomAsync();
        await _ana.JoinAsync(_room, "ana");
    }

    [Fact]
    public async Task ReturningWithTheSeatGivesTheNameAndExactlyTheMissedEvents()
    {
        var bo = await ChatClient.ConnectAsync(_server);
        var joined = await bo.JoinAsync(_room, "bo");
        await bo.WaitForSeqAsync(2);
        await bo.DisposeAsync();
        for (var i = 0; i < 3; i++) await _ana.SendAsync($"missed {i}");

        await using var back = await ChatClient.ConnectAsync(_server);
        var answer = await back.JoinAsync(
            _room, "somebody else", joined.GetProperty("seat").GetString(), joined.GetProperty("epoch").GetString(),
            after: 2);
        await back.WaitForSeqAsync(5);

        Assert.Equal("bo", answer.GetProperty("name").GetString());
        Assert.Equal(
            ["ana", "bo"],
            answer.GetProperty("users").EnumerateArray().Select(user => user.GetProperty("name").GetString()));
        Assert.False(answer.TryGetProperty("gap", out _));
        Assert.Equal([3, 4, 5], back.Seqs);
        Assert.Equal(["missed 0", "missed 1", "missed 2"], _ana.Texts);
        Assert.Equal([1, 2, 3, 4, 5], _ana.Seqs);
    }

    [Fact]
    public async Task AReloadGivesTheHistoryAgain()
    {
        var bo = await ChatClient.ConnectAsync(_server);
        var joined = await bo.JoinAsync(_room, "bo");
        await bo.CallAsync("Away");
        await bo.DisposeAsync();

        await using var reloaded = await ChatClient.ConnectAsync(_server);
        await reloaded.JoinAsync(_room, "bo", joined.GetProperty("seat").GetString());
        await reloaded.WaitForSeqAsync(2);
        await reloaded.WaitForSeqAsync(await reloaded.SendAsync("here again"));

        Assert.Equal([1, 2, 3], reloaded.Seqs);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AMemberWhoDoesNotReturnInTimeLeavesAndComesBackAsANewcomer(bool saidSo)
    {
        var bo = await ChatClient.ConnectAsync(_server);
        var joined = await bo.JoinAsync(_room, "bo");
        if (saidSo) await bo.CallAsync("Away");
        await bo.DisposeAsync();
        await _ana.WaitForSeqAsync(3);
        Assert.Equal("left", _ana.Events[^1].GetProperty("type").GetString());

        await using var back = await ChatClient.ConnectAsync(_server);
        var answer = await back.JoinAsync(
            _room, "bo", joined.GetProperty("seat").GetString(), joined.GetProperty("epoch").GetString(), after: 2);
        await back.WaitForSeqAsync(4);

        Assert.NotEqual(joined.GetProperty("seat").GetString(), answer.GetProperty("seat").GetString());
        Assert.Equal([1, 2, 3, 4], back.Seqs);
    }

    [Fact]
    public async Task TheNewestConnectionTakesTheSeatAndTheOldOneIsToldAndClosed()
    {
        await using var old = await ChatClient.ConnectAsync(_server);
        var joined = await old.JoinAsync(_room, "bo");
        await using var newer = await ChatClient.ConnectAsync(_server);
        await newer.JoinAsync(_room, "bo", joined.GetProperty("seat").GetString());

        var notice = await old.ClosedNotice.Task.Soon();
        Assert.Equal("replaced", notice.GetProperty("reason").GetString());
        Assert.False(notice.TryGetProperty("returnAfterMs", out _));
        await old.Ended.Task.Soon();

        await newer.WaitForSeqAsync(await newer.SendAsync("mine now"));
        await _ana.WaitForTextAsync("mine now");
        Assert.Equal([1, 2, 3], _ana.Seqs);
    }

    [Fact]
    public async Task AResentIdIsTheSameMessageFromTheOldSeatAndFromANewSeatOfTheSameName()
    {
        var bo = await ChatClient.ConnectAsync(_server);
        await bo.JoinAsync(_room, "bo");
        var seq = await bo.SendAsync("once", "id-1");
        Assert.Equal(seq, await bo.SendAsync("twice", "id-1"));
        await bo.CallAsync("LeaveRoom");
        await bo.JoinAsync(_room, "BO");

        Assert.Equal(seq, await bo.SendAsync("thrice", "id-1"));
        await _ana.WaitForSeqAsync(await _ana.SendAsync("end"));
        Assert.Equal(["once", "end"], _ana.Texts);
        await bo.DisposeAsync();
    }

    [Fact]
    public async Task JoiningTheSameRoomAgainIsAReturn()
    {
        var again = await _ana.JoinAsync(_room, "another name");

        Assert.Equal("ana", again.GetProperty("name").GetString());
        Assert.Equal(1, again.GetProperty("seq").GetInt64());
    }

    [Fact]
    public async Task ADeliveredMessageResentAfterAReturnIsAcknowledgedAtOnce()
    {
        await using var first = await ChatClient.ConnectAsync(_server);
        var room = await first.CreateRoomAsync();
        var joined = await first.JoinAsync(room, "ana");
        var seq = await first.SendAsync("hello", "id-1");
        await first.WaitForSeqAsync(seq);
        await using var again = await ChatClient.ConnectAsync(_server);
        await again.JoinAsync(
            room, "ana", joined.GetProperty("seat").GetString(), joined.GetProperty("epoch").GetString(), after: seq);

        var asked = TimeProvider.System.GetTimestamp();
        Assert.Equal(seq, await again.SendAsync("hello", "id-1"));
        Assert.InRange(TimeProvider.System.GetElapsedTime(asked).TotalSeconds, 0, 5);       // not with the next ping
    }

    public async ValueTask DisposeAsync()
    {
        await _ana.DisposeAsync();
        await _server.DisposeAsync();
    }
}
