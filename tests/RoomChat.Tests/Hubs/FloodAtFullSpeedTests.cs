using RoomChat.Tests.Support;

namespace RoomChat.Tests.Hubs;

[Collection(nameof(NonParallelCollection))]
public sealed class FloodAtFullSpeedTests
{
    private const int Floods = 60, MostFloodsPerMessage = 20;

    /// <summary>Counted in floods instead of seconds, so that a slow machine changes nothing.</summary>
    [Fact]
    public async Task AFloodAtFullSpeedDoesNotHoldUpTheOthers()
    {
        using var server = new ChatServer(("Limits:MessagesPerSecond", "100"), ("Limits:MessageBurst", "100"));
        var room = server.Lobby.Create().OrFail();
        await using var ana = await ChatClient.JoinedAsync(server, $"{room.Code}", "ana");
        await using var bo = await ChatClient.JoinedAsync(server, $"{room.Code}", "bo");
        var floods = 0;
        var flooding = Task.Run(
            async () =>
            {
                for (; floods < Floods; Interlocked.Increment(ref floods))
                    await FloodUntilDroppedAsync(server, $"{room.Code}", $"eve {floods}");
            },
            TestContext.Current.CancellationToken);

        var (messages, most) = (0, 0);
        for (; !flooding.IsCompleted; messages++)
        {
            var before = Volatile.Read(ref floods);
            await bo.WaitForSeqAsync(await ana.SendAsync("on time"));
            most = Math.Max(most, Volatile.Read(ref floods) - before);
        }
        await flooding;

        TestContext.Current.TestOutputHelper!.WriteLine($"{messages} messages, at most {most} floods during one");
        Assert.InRange(most, 0, MostFloodsPerMessage);
        server.AssertNoWarningsLogged();
    }

    /// <summary>Joins, and sends many records to a frame until it is dropped.</summary>
    private static async Task FloodUntilDroppedAsync(ChatServer server, string room, string name)
    {
        const string Record = """{"type":1,"target":"SendMessage","arguments":[{"text":"flood"}]}""";
        using var eve = await RawClient.ConnectAsync(server);
        await FloodTests.FloodAsync(
            eve, $$"""{"type":1,"target":"JoinRoom","arguments":[{"room":"{{room}}","name":"{{name}}"}]}""", 1);
        await FloodTests.FloodAsync(eve, string.Join('\u001e', Enumerable.Repeat(Record, 100)), 100);
    }
}
