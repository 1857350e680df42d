using RoomChat.Tests.Support;

namespace RoomChat.Tests.Hubs;

public sealed class ConversationTests : IDisposable
{
    private readonly ChatServer _server = new(("Limits:MessagesPerSecond", "0"));

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
    public async Task AConnectionThatJoinsElsewhereLeavesTheFirstRoomAndSpeaksInTheSecondOnly()
    {
        await using var ana = await ChatClient.ConnectAsync(_server);
        string first = await ana.CreateRoomAsync(), second = await ana.CreateRoomAsync();
        await using var bo = await ChatClient.JoinedAsync(_server, first, "bo");
        await using var cy = await ChatClient.JoinedAsync(_server, second, "cy");
        await ana.JoinAsync(first, "ana");

        await ana.JoinAsync(second, "ana");
        await bo.WaitForSeqAsync(3);
        await ana.SendAsync("in the second");

        await cy.WaitForTextAsync("in the second");
        Assert.Equal("left", bo.Events[^1].GetProperty("type").GetString());
        Assert.Empty(bo.Texts);
    }

    public void Dispose() => _server.Dispose();
}
