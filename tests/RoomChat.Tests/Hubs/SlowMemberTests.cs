using System.Diagnostics;
using System.Text.Json;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Hubs;

[Collection(nameof(NonParallelCollection))]
public sealed class SlowMemberTests
{
    [Fact]
    public async Task AMemberThatNeverReadsDelaysNobodyAndIsDroppedAndItsSeatWorksAfterwards()
    {
        using var server = new ChatServer(
            ("Limits:SlowMemberSeconds", "2"), ("Limits:MessagesPerSecond", "0"), ("Limits:MessageLength", "8000"));
        await using var ana = await ChatClient.ConnectAsync(server);
        var room = await ana.CreateRoomAsync();
        await ana.JoinAsync(room, "ana");
        await using var bo = await ChatClient.JoinedAsync(server, room, "bo");
        using var mute = await RawClient.ConnectAsync(server.Address);
        var answered = await mute.CallAsync("JoinRoom", $$"""{"room":"{{room}}","name":"mute"}""");
        var joined = JsonDocument.Parse(answered).RootElement.GetProperty("result");
        Assert.Equal(3, server.Connections);

        var text = new string('x', 8000);
        var slowest = TimeSpan.Zero;
        for (var waited = Stopwatch.StartNew(); server.Connections == 3 && waited.Elapsed < Wait.Timeout;)
        {
            var sent = Stopwatch.StartNew();
            await bo.WaitForSeqAsync(await ana.SendAsync(text));
            slowest = slowest > sent.Elapsed ? slowest : sent.Elapsed;
        }

        Assert.Equal(2, server.Connections);
        Assert.InRange(slowest, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        await using var back = await ChatClient.ConnectAsync(server);
        var answer = await back.JoinAsync(
            room, "x", joined.GetProperty("seat").GetString(), joined.GetProperty("epoch").GetString(), after: 3);
        Assert.Equal("mute", answer.GetProperty("name").GetString());
        await back.WaitForSeqAsync(await back.SendAsync("I can hear you now"));
        server.AssertNoWarningsLogged();
    }
}
