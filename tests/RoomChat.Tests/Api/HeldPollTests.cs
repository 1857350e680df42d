using RoomChat.Tests.Support;

namespace RoomChat.Tests.Api;

[Collection(nameof(ServerProcess))]
public sealed class HeldPollTests(ITestOutputHelper output)
{
    private const int Many = 500;

    [Fact]
    public async Task FiveHundredHeldPollsCostNoThreadsAndAreAllAnswered()
    {
        using var server = await ServerProcess.ListeningAsync();
        await using var ana = await ChatClient.ConnectAsync(server.Address);
        var room = await ana.CreateRoomAsync();
        await ana.JoinAsync(room, "ana");
        using var program = await ApiClient.OfAsync(server.Address);
        var seats = await JoinAsync(program, room);
        var (threads, memory) = (server.Threads, server.WorkingSet);

        var polls = await HoldAsync(program, room, seats);
        // The thread pool adds threads on a busy machine, and ends them once they have been idle for 20 s.
        await Wait.UntilAsync(
            () => server.Threads <= threads + 10, "threads that no poll holds to end", TimeSpan.FromSeconds(40));
        var held = (server.Threads, Memory: server.WorkingSet);
        await ana.SendAsync("hi");
        var answers = await Task.WhenAll(polls).Soon();

        output.WriteLine(
            $"{threads} threads before and {held.Threads} while held, {(held.Memory - memory) >> 10} KB more");
        Assert.All(answers, answer => Assert.Equal(["hi"], answer.Texts));
    }

    [Fact]
    public async Task HeldPollsDoNotDelayTheShutdown()
    {
        using var server = await ServerProcess.ListeningAsync();
        using var program = await ApiClient.OfAsync(server.Address);
        var room = await program.CreateRoomAsync();
        var polls = await HoldAsync(program, room, await JoinAsync(program, room));

        await server.StopAsync();

        Assert.All(
            await Task.WhenAll(polls).Soon(), answer => Assert.Equal((503, "stopping"), (answer.Status, answer.Code)));
        Assert.Empty(server.Errors);
        Assert.DoesNotContain(server.Output, line => line.Contains("refused", StringComparison.Ordinal));
    }

    private static async Task<string[]> JoinAsync(ApiClient program, string room)
    {
        var joined = await Task.WhenAll(
            Enumerable.Range(1, Many)
                .Select(n => program.PostAsync($"/api/rooms/{room}/members", new { name = $"bot {n}" })));
        return [.. joined.Select(answer => answer.Body.GetProperty("seat").GetString()!)];
    }

    /// <summary>Polls twice for each seat: when one poll has ended, the other is known to be held.</summary>
    private static async Task<Task<ApiAnswer>[]> HoldAsync(ApiClient program, string room, string[] seats)
    {
        var head = (await program.GetAsync($"/api/rooms/{room}/events?after=1", seats[0])).Seq;
        Task<ApiAnswer> Poll(string seat) => program.GetAsync($"/api/rooms/{room}/events?after={head}&wait=60", seat);
        return await Task.WhenAll(seats.Select(async seat =>
        {
            var (one, other) = (Poll(seat), Poll(seat));
            return await Task.WhenAny(one, other) == one ? other : one;
        }));
    }
}
