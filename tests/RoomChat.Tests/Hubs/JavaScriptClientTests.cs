using System.Diagnostics;
using RoomChat.Tests.Architecture;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Hubs;

/// <summary>Microsoft's JavaScript client, which the page does not use.</summary>
public sealed class JavaScriptClientTests
{
    private static readonly string Folder = Path.Combine(SourceFiles.Root, "tests/page");

    [Fact]
    public async Task MicrosoftsJavaScriptClientJoinsAndTalks()
    {
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(Folder, "node_modules")), "It comes with `npm ci` in tests/page.");
        using var server = new ChatServer();
        await using var ana = await ChatClient.ConnectAsync(server);
        var room = await ana.CreateRoomAsync();
        await ana.JoinAsync(room, "ana");

        string[] arguments = [Path.Combine(Folder, "microsofts-client.mjs"), $"{server.Address}", room, "hello"];
        using var node = Process.Start(new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true })!;
        var printed = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).Soon();
        await node.WaitForExitAsync(TestContext.Current.CancellationToken).Soon();

        Assert.Equal(["joined ana", "joined node", "message node hello"], printed.Trim().Split('\n'));
        await ana.WaitForTextAsync("hello");
    }
}
