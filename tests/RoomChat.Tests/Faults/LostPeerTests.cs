using System.Diagnostics;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Faults;

public sealed class LostPeerTests
{
    [Fact]
    public async Task APulledCableAndAReturnTwoSecondsLaterAreNotAnnounced()
    {
        using var server = new ChatServer(Pings.Often);
        await using var proxy = new FaultProxy(server.Address);
        await using var ana = await ChatClient.ConnectAsync(server);
        var room = await ana.CreateRoomAsync();
        await ana.JoinAsync(room, "ana");
        var bo = await ChatClient.ConnectAsync(proxy.Address);
        var joined = await bo.JoinAsync(room, "bo");
        await bo.WaitForSeqAsync(2);

        proxy.Lines[0].GoSilent();
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        await ana.SendAsync("in the meantime");
        await using var back = await ChatClient.ConnectAsync(server);
        var answer = await back.JoinAsync(
            room, "bo", joined.GetProperty("seat").GetString(), joined.GetProperty("epoch").GetString(), after: 2);
        await Wait.UntilAsync(() => server.Connections == 2, "the old connection has timed out");
        var last = await back.SendAsync("still bo");
        await Task.WhenAll(ana.WaitForSeqAsync(last), back.WaitForSeqAsync(last));

        Assert.Equal(
            ["ana", "bo"],
            answer.GetProperty("users").EnumerateArray().Select(user => user.GetProperty("name").GetString()));
        Assert.Equal([1, 2, 3, 4], ana.Seqs);
        Assert.Equal([3, 4], back.Seqs);
        server.AssertNoWarningsLogged();
    }

    /// <summary>
    /// A lost peer is found after up to half the time of its seat, which counts from when it was last heard all the
    /// same.
    /// </summary>
    [Theory]
    [InlineData(false, 0, 8)]
    [InlineData(true, 6, 8)]
    public async Task AMemberLeavesWithinTheTimeOfASeatAfterTheCableIsPulled(
        bool cleanly, double least, double most)
    {
        using var server = new ChatServer(("Limits:SeatSeconds", "6"));
        await using var proxy = new FaultProxy(server.Address);
        await using var ana = await ChatClient.ConnectAsync(server);
        var room = await ana.CreateRoomAsync();
        await ana.JoinAsync(room, "ana");
        var bo = await ChatClient.JoinedAsync(proxy.Address, room, "bo");
        await bo.WaitForSeqAsync(2);
        // what is idle was last heard a while ago
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);

        var pulled = Stopwatch.StartNew();
        if (cleanly) proxy.Lines[0].Cut();
        else proxy.Lines[0].GoSilent();
        await ana.WaitForSeqAsync(3);

        Assert.InRange(pulled.Elapsed.TotalSeconds, least, most);
        server.AssertNoWarningsLogged();
    }

    [Fact]
    public async Task APeerLostWithoutACloseIsDetectedByPings()
    {
        using var server = new ChatServer(Pings.Often, ("Limits:SeatSeconds", "1"));
        await using var proxy = new FaultProxy(server.Address);
        await using var ana = await ChatClient.ConnectAsync(server);
        var room = await ana.CreateRoomAsync();
        await ana.JoinAsync(room, "ana");
        var bo = await ChatClient.JoinedAsync(proxy.Address, room, "bo");

        proxy.Lines[0].GoSilent();
        await ana.WaitForSeqAsync(3);

        Assert.Equal("left", ana.Events[^1].GetProperty("type").GetString());
        server.AssertNoWarningsLogged();
    }
}
