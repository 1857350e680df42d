using RoomChat.Tests.Support;

namespace RoomChat.Tests.Faults;

/// <summary>What is left in the memory of a server of what was edited or taken back.</summary>
[Collection(nameof(ServerProcess))]
public sealed class MemoryDumpTests
{
    private const int Messages = 500, Connections = 4, Rounds = 10;

    /// <summary>The runtime does not clear what it frees; here it always moves what it keeps over it.</summary>
    [Fact]
    public async Task NothingHoldsItOnceMemoryWasUsedAgain()
    {
        using var server = await ServerProcess.ListeningAsync(
            "--RoomChat:Limits:MessagesPerSecond=0", "DOTNET_gcForceCompact=1");
        await using var ana = await ChatClient.ConnectAsync(server.Address);
        var room = await ana.CreateRoomAsync();
        await ana.JoinAsync(room, "ana");
        await using var bo = await ChatClient.JoinedAsync(server.Address, room, "bo");
        var (removed, edited) = ($"removed {Guid.NewGuid()}", $"edited {Guid.NewGuid()}");
        var kept = $"kept {Guid.NewGuid()}";
        await ana.SendAsync(kept);
        var seqs = (Removed: await ana.SendAsync(removed), Edited: await ana.SendAsync(edited));
        using var program = await ApiClient.OfAsync(server.Address);
        await program.JoinAsync(room, "program");
        await program.ReadAsync(after: 0);
        await ana.CallAsync("EditMessage", new { seq = seqs.Removed, text = $"and {removed}" });
        await ana.CallAsync("RemoveMessage", new { seq = seqs.Removed });
        await ana.CallAsync("EditMessage", new { seq = seqs.Edited, text = "as it is now" });
        await bo.WaitForSeqAsync(seqs.Edited + 4);

        var (left, memory) = (int.MaxValue, Array.Empty<byte>());
        for (var round = 0; left > 0 && round < Rounds; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => TalkAsync(server.Address)));
            memory = MemoryDump.Of(server);
            left = MemoryDump.Count(memory, removed) + MemoryDump.Count(memory, edited);
            Assert.NotEqual(0, MemoryDump.Count(memory, kept));
        }

        var holders = MemoryDump.Surroundings(memory, removed) + MemoryDump.Surroundings(memory, edited);
        Assert.True(left == 0, $"{left} are left: {holders}");
    }

    private static async Task TalkAsync(Uri server)
    {
        await using var client = await ChatClient.ConnectAsync(server);
        await client.JoinAsync(await client.CreateRoomAsync(), "cy");
        for (var i = 0; i < Messages; i++) await client.SendAsync(new string('x', 400));
    }
}
