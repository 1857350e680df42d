using System.Diagnostics;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Hubs;

[Collection(nameof(NonParallelCollection))]
public sealed class FloodAtFullSpeedTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task AClientThatFloodsAtFullSpeedDelaysTheOthersByLessThanASecond()
    {
        using var server = new ChatServer();
        await using var ana = await ChatClient.ConnectAsync(server);
        var room = await ana.CreateRoomAsync();
        await ana.JoinAsync(room, "ana");
        await using var bo = await ChatClient.JoinedAsync(server, room, "bo");
        using var over = new CancellationTokenSource(Duration);

        // Whenever it is dropped it comes back, with many records to a frame.
        var records = string.Join(
            '\u001e', Enumerable.Repeat("""{"type":1,"target":"SendMessage","arguments":[{"text":"flood"}]}""", 100));
        var floods = 0;
        var flood = Task.Run(async () =>
        {
            for (; !over.IsCancellationRequested; floods++)
            {
                using var eve = await RawClient.ConnectAsync(server);
                await FloodTests.FloodAsync(
                    eve,
                    $$"""{"type":1,"target":"JoinRoom","arguments":[{"room":"{{room}}","name":"eve {{floods}}"}]}""",
                    1);
                await FloodTests.FloodAsync(eve, records, 100);
            }
        }, TestContext.Current.CancellationToken);

        var slowest = TimeSpan.Zero;
        while (!over.IsCancellationRequested)
        {
            var started = Stopwatch.GetTimestamp();
            await bo.WaitForSeqAsync(await ana.SendAsync("on time"));
            if (Stopwatch.GetElapsedTime(started) is var took && took > slowest) slowest = took;
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
        await flood;

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{floods} floods, the slowest message took {slowest.TotalMilliseconds:0} ms");
        Assert.InRange(slowest, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.True(floods > 2);
        server.AssertNoWarningsLogged();
    }
}
