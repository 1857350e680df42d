using System.Net.WebSockets;
using System.Text;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Hubs;

/// <summary>Records and frames that no client would send, from a generator whose seed is said.</summary>
[Collection(nameof(NonParallelCollection))]
public sealed class FuzzTests
{
    private const int Records = 100_000, Talkers = 4;
    private const long MostGrowth = 5 << 20;

    private static readonly string[] Targets =
    [
        "SendMessage", "JoinRoom", "ReopenRoom", "CreateRoom", "Typing", "Away", "LeaveRoom", "OpenDirect", "Nothing",
        "", "\\u0000",
    ];
    private static readonly string[] Keys =
    [
        "text", "room", "name", "seat", "epoch", "after", "id", "token", "with", "__proto__", "", "\\ud800",
    ];
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1e999", "-9223372036854775809", "99999999999999999999999999", "0.1", "\"\"",
        "\"a\"", "\"\\ud800\"", "\"\\udfff\\ud800\"",
        "\"\\u0000\"", "\"000000\"", "\"ROOM\"", "[]", "{}", "[[[[]]]]", "\"\\q\"", "\"", "NaN", "'a'", "//",
        "\"\u202e\"", "{\"a\":", "1 2", "\ufeff1",
    ];

    [Fact]
    public async Task AHundredThousandMalformedRecordsAndFramesChangeNothing()
    {
        var seed = TestSeed.Next();
        using var server = new ChatServer(
            ("Limits:MessagesPerSecond", "0"), ("Limits:EmptyRoomSeconds", "1"), ("Limits:SeatSeconds", "1"));
        await using var ana = await ChatClient.ConnectAsync(server);
        var room = await ana.CreateRoomAsync();
        await ana.JoinAsync(room, "ana");
        await Task.WhenAll(
            Enumerable.Range(0, Talkers).Select(n => RageAsync(server, room, new Random(~seed + n), 2_000)));
        var before = Heap();

        var connections = await Task.WhenAll(
            Enumerable.Range(0, Talkers).Select(n => RageAsync(server, room, new Random(seed + n), Records / Talkers)));

        await ana.WaitForSeqAsync(await ana.SendAsync("still here"));
        await Wait.UntilAsync(() => server is { Connections: 1, Lobby: { Members: 1, Rooms: 1 } }, "ana to be alone");
        var after = Heap();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{connections.Sum()} connections; the heap went from {before >> 10} to {after >> 10} KB");
        Assert.True(after - before < MostGrowth, $"The heap grew from {before >> 10} to {after >> 10} KB");
        server.AssertNoWarningsLogged();
    }

    /// <summary>Many records to a connection while it bears them; gives how many connections it took.</summary>
    private static async Task<int> RageAsync(ChatServer server, string room, Random chance, int records)
    {
        var connections = 0;
        for (var sent = 0; sent < records; connections++)
        {
            using var socket = new ClientWebSocket();
            await socket.ConnectAsync(
                new UriBuilder(server.Address) { Scheme = "ws", Path = "/hub" }.Uri,
                TestContext.Current.CancellationToken).Soon();
            var ending = DrainAsync(socket);
            try
            {
                if (chance.Next(20) != 0)
                    await SendAsync(socket, "{\"protocol\":\"json\",\"version\":1}\u001e"u8.ToArray());
                for (var here = 0; here < 500 && sent < records && socket.State == WebSocketState.Open; here++, sent++)
                {
                    var record = Bytes(chance, room);
                    if (chance.Next(20) != 0) await SendAsync(socket, record);
                    else await SendInPartsAsync(socket, record, chance);
                }
                if (chance.Next(4) == 0) socket.Abort();
                else
                    await socket.CloseOutputAsync(
                        WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
            }
            catch (Exception cut) when (
                cut is WebSocketException or IOException or InvalidOperationException or OperationCanceledException)
            {
                // The server closed the connection in the middle.
            }
            await ending.Soon();
        }
        return connections;
    }

    private static Task SendAsync(ClientWebSocket socket, byte[] record) =>
        socket.SendAsync(record, WebSocketMessageType.Text, true, CancellationToken.None);

    /// <summary>Cut anywhere, through characters too, as text or as bytes, with empty frames between.</summary>
    private static async Task SendInPartsAsync(ClientWebSocket socket, byte[] record, Random chance)
    {
        var type = chance.Next(4) == 0 ? WebSocketMessageType.Binary : WebSocketMessageType.Text;
        for (var at = 0; at < record.Length;)
        {
            var part = chance.Next(0, Math.Min(40, record.Length - at) + 1);
            await socket.SendAsync(record.AsMemory(at, part), type, chance.Next(2) == 0, CancellationToken.None);
            at += part;
        }
    }

    private static async Task DrainAsync(ClientWebSocket socket)
    {
        var buffer = new byte[16 << 10];
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer, CancellationToken.None);
                if (received.MessageType == WebSocketMessageType.Close) break;
            }
        }
        catch (Exception over)
            when (over is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The end, in whichever way.
        }
    }

    /// <summary>Mostly JSON that means nothing, for what is no JSON ends the connection.</summary>
    private static byte[] Bytes(Random chance, string room)
    {
        var bytes = Encoding.UTF8.GetBytes(Record(chance).Replace("ROOM", room, StringComparison.Ordinal) + "\u001e");
        // bad UTF-8, or no JSON
        if (chance.Next(400) == 0) bytes[chance.Next(bytes.Length)] = (byte)chance.Next(256);
        if (chance.Next(400) == 0) bytes = bytes[..chance.Next(bytes.Length)];
        return bytes;
    }

    private static string Record(Random chance) => chance.Next(200) switch
    {
        0 => new string('[', chance.Next(1, 2_000)),
        1 =>
            """{"type":1,"target":"SendMessage","arguments":[""" +
            $$"""{{string.Concat(Enumerable.Repeat("{\"text\":", 60))}}1{{new string('}', 60)}}]}""",
        2 => $$"""{"type":{{Values[chance.Next(Values.Length)]}}}""",
        3 =>
            $$"""{"type":1,"target":"SendMessage","arguments":[{"text":"{{new string('x', chance.Next(40_000))}}"}]}""",
        4 => "",
        5 => Values[chance.Next(Values.Length)],
        < 30 =>
            $$"""{"type":{{chance.Next(-1, 12)}}""" +
            $$""","invocationId":"{{chance.Next(9)}}","target":"{{Target(chance)}}","arguments":[]}""",
        _ => $$"""{"type":1,"target":"{{Target(chance)}}","arguments":[{{Arguments(chance)}}],"invocationId":"1"}""",
    };

    /// <summary>Well-formed most of the time, so that it gets as far as it can.</summary>
    private static string Target(Random chance) => Targets[chance.Next(Targets.Length)];

    private static string Arguments(Random chance)
    {
        var values = chance.Next(100) == 0 ? Values : Values[..18];
        var fields = Enumerable.Range(0, chance.Next(5))
            .Select(_ => $"\"{Keys[chance.Next(Keys.Length)]}\":{values[chance.Next(values.Length)]}");
        return chance.Next(4) == 0 ? values[chance.Next(values.Length)] : $"{{{string.Join(',', fields)}}}";
    }

    private static long Heap()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
