using RoomChat.Tests.Support;

namespace RoomChat.Tests.Hubs;

public sealed class ConversationTests : IDisposable
{
    private readonly ChatServer _server = new(("Limits:MessagesPerSecond", "0"));

    [Fact]
    public async Task EveryMemberReceivesTheMessagesOfOneInOrder()
    {
        await using var ana = await ChatClient.ConnectAsync(_server);
        var room = await ana.CreateRoomAsync();
        await ana.JoinAsync(room, "ana");
        await using var bo = await ChatClient.JoinedAsync(_server, room, "bo");

        Assert.Equal(3, await ana.SendAsync("hello"));
        await bo.WaitForTextAsync("hello");
        await ana.WaitForTextAsync("hello");

        Assert.Equal([1, 2, 3], bo.Seqs);
        Assert.Equal([1, 2, 3], ana.Seqs);
        _server.AssertNoWarningsLogged();
    }

    [Fact]
    public async Task ThirtyTwoMembersPostingAtOnceSeeOneOrder()
    {
        const int Members = 32, Each = 40;
        await using var host = await ChatClient.ConnectAsync(_server);
        var room = await host.CreateRoomAsync();
        var members = await Task.WhenAll(
            Enumerable.Range(0, Members).Select(n => ChatClient.JoinedAsync(_server, room, $"member {n}")));

        var acknowledged = await Task.WhenAll(members.Select(async (member, n) =>
        {
            List<long> seqs = [];
            for (var i = 0; i < Each; i++) seqs.Add(await member.SendAsync($"{n}/{i}"));
            return seqs;
        }));

        const long Last = Members + Members * Each;
        foreach (var member in members) await member.WaitForSeqAsync(Last);
        var transcript = members[0].Events.ToDictionary(
            line => line.GetProperty("seq").GetInt64(), line => line.GetRawText());
        foreach (var member in members)
        {
            Assert.Equal(Enumerable.Range(1, (int)Last).Select(seq => (long)seq), member.Seqs);
            Assert.All(
                member.Events, line => Assert.Equal(transcript[line.GetProperty("seq").GetInt64()], line.GetRawText()));
        }
        for (var n = 0; n < Members; n++)
            for (var i = 0; i < Each; i++)
                Assert.Contains($"\"{n}/{i}\"", transcript[acknowledged[n][i]], StringComparison.Ordinal);
        _server.AssertNoWarningsLogged();
        foreach (var member in members) await member.DisposeAsync();
    }

    [Fact]
    public async Task TypingReachesTheOthersOnlyAndIsNotInTheTranscript()
    {
        await using var ana = await ChatClient.ConnectAsync(_server);
        var room = await ana.CreateRoomAsync();
        await ana.JoinAsync(room, "ana");
        await using var bo = await ChatClient.JoinedAsync(_server, room, "bo");
        await bo.WaitForSeqAsync(2);

        Assert.Equal("{}", (await ana.CallAsync("Typing")).GetRawText());
        await Wait.UntilAsync(() => bo.WhoTyped.Count == 1, "bo sees ana typing");
        Assert.Equal(3, await ana.SendAsync("done"));
        await bo.WaitForSeqAsync(3);

        Assert.Equal(["ana"], bo.WhoTyped);
        Assert.Empty(ana.WhoTyped);
        Assert.Equal([1, 2, 3], bo.Seqs);
    }

    [Fact]
    public async Task LeavingIsAnnouncedAtOnceAndEndsDelivery()
    {
        await using var ana = await ChatClient.ConnectAsync(_server);
        var room = await ana.CreateRoomAsync();
        await ana.JoinAsync(room, "ana");
        await using var bo = await ChatClient.JoinedAsync(_server, room, "bo");
        await bo.WaitForSeqAsync(2);

        Assert.Equal("{}", (await bo.CallAsync("LeaveRoom")).GetRawText());
        await ana.WaitForSeqAsync(3);
        Assert.Equal("left", ana.Events[^1].GetProperty("type").GetString());
        Assert.Equal(
            "not-in-room",
            (await bo.CallAsync("SendMessage", new { text = "still here?" })).GetProperty("refused").GetString());
        Assert.Equal("not-in-room", (await bo.CallAsync("LeaveRoom")).GetProperty("refused").GetString());

        await ana.SendAsync("alone");
        await ana.WaitForTextAsync("alone");
        Assert.DoesNotContain("alone", bo.Texts);
    }

    [Fact]
    public async Task JoiningElsewhereLeavesTheFirstRoomAndARefusedJoinDoesNot()
    {
        await using var ana = await ChatClient.ConnectAsync(_server);
        string first = await ana.CreateRoomAsync(), second = await ana.CreateRoomAsync();
        await using var bo = await ChatClient.JoinedAsync(_server, first, "bo");
        await using var other = await ChatClient.JoinedAsync(_server, second, "ana");
        await ana.JoinAsync(first, "ana");

        var refused = await ana.CallAsync("JoinRoom", new { room = second, name = "ana" });
        Assert.Equal("name-taken", refused.GetProperty("refused").GetString());
        await ana.SendAsync("still in the first");
        await bo.WaitForTextAsync("still in the first");

        await ana.JoinAsync(second, "ana again");
        await Wait.UntilAsync(() => bo.Events[^1].GetProperty("type").GetString() == "left", "bo sees ana leave");
        await ana.SendAsync("in the second");
        await other.WaitForTextAsync("in the second");
        Assert.DoesNotContain("in the second", bo.Texts);
    }

    [Fact]
    public async Task AThousandJoinsAndLeavesAtOnceLeaveNothingBehind()
    {
        const int Clients = 25, Rounds = 40;
        using var server = new ChatServer(("Limits:EmptyRoomSeconds", "1"), ("Limits:MessagesPerSecond", "0"));
        var host = await ChatClient.ConnectAsync(server);
        var room = await host.CreateRoomAsync();
        var clients = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => ChatClient.ConnectAsync(server)));

        var outcomes = await Task.WhenAll(clients.Select(async (client, n) =>
        {
            List<string> wrong = [];
            for (var i = 0; i < Rounds; i++)
            {
                var answer = await client.CallAsync("JoinRoom", new { room, name = $"name {(n + i) % 5}" });
                if (answer.TryGetProperty("refused", out var refused))
                {
                    if (refused.GetString() != "name-taken") wrong.Add(answer.ToString());
                    continue;
                }
                var names = answer.GetProperty("users")
                    .EnumerateArray()
                    .Select(user => user.GetProperty("name").GetString()!)
                    .ToList();
                if (names.Distinct().Count() != names.Count) wrong.Add(answer.ToString());
                await client.CallAsync("LeaveRoom");
            }
            return wrong;
        }));

        Assert.All(outcomes, Assert.Empty);
        Assert.Equal(0, server.Lobby.Members);
        foreach (var client in clients.Append(host)) await client.DisposeAsync();
        await Wait.UntilAsync(() => server.Lobby.Rooms == 0 && server.Lobby.Bytes == 0, "the room is swept");
        await Wait.UntilAsync(() => server.Connections == 0, "no connection is left");
        server.AssertNoWarningsLogged();
    }

    public void Dispose() => _server.Dispose();
}
