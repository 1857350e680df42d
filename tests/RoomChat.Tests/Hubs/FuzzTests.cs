using System.Net.WebSockets;
using System.Text;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Hubs;

/// <summary>Random records and frames that no client would send.</summary>
[Collection(nameof(NonParallelCollection))]
public sealed class FuzzTests
{
    private const int Records = 100_000, Clients = 4;
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
            ("Limits:MessagesPerSecond", "0"), ("Limits:EmptyRoomSeconds", "5"), ("Limits:SeatSeconds", "1"));
        await using var ana = await ChatClient.ConnectAsync(server);
        var room = await ana.CreateRoomAsync();
        await ana.JoinAsync(room, "ana");
        await Task.WhenAll(
            Enumerable.Range(0, Clients).Select(n => FuzzAsync(server, room, new Random(~seed + n), 2_000)));
        var before = Heap();

        var connections = await Task.WhenAll(
            Enumerable.Range(0, Clients).Select(n => FuzzAsync(server, room, new Random(seed + n), Records / Clients)));

        await ana.WaitForSeqAsync(await ana.SendAsync("still here"));
        await Wait.UntilAsync(() => server is { Connections: 1, Lobby: { Members: 1, Rooms: 1 } }, "ana to be alone");
        var after = Heap();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{connections.Sum()} connections; the heap went from {before >> 10} to {after >> 10} KB");
        Assert.True(after - before < MostGrowth, $"The heap grew from {before >> 10} to {after >> 10} KB");
        server.AssertNoWarningsLogged();
    }

    /// <summary>Sends records until the connection closes, then on a new one; returns how many that took.</summary>
    private static async Task<int> FuzzAsync(ChatServer server, string room, Random random, int records)
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
                if (random.Next(20) != 0)
                    await SendAsync(socket, "{\"protocol\":\"json\",\"version\":1}\u001e"u8.ToArray());
                for (var here = 0; here < 500 && sent < records && socket.State == WebSocketState.Open; here++, sent++)
                {
                    var record = Bytes(random, room);
                    if (random.Next(20) != 0) await SendAsync(socket, record);
                    else await SendInPartsAsync(socket, record, random);
                }
                if (random.Next(4) == 0) socket.Abort();
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

    /// <summary>Splits anywhere, also inside characters, into text or binary frames, some of them empty.</summary>
    private static async Task SendInPartsAsync(ClientWebSocket socket, byte[] record, Random random)
    {
        var type = random.Next(4) == 0 ? WebSocketMessageType.Binary : WebSocketMessageType.Text;
        for (var at = 0; at < record.Length;)
        {
            var part = random.Next(0, Math.Min(40, record.Length - at) + 1);
            await socket.SendAsync(record.AsMemory(at, part), type, random.Next(2) == 0, CancellationToken.None);
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
            // The connection was closed or lost.
        }
    }

    /// <summary>Mostly well-formed JSON, since anything else ends the connection.</summary>
    private static byte[] Bytes(Random random, string room)
    {
        var bytes = Encoding.UTF8.GetBytes(Record(random).Replace("ROOM", room, StringComparison.Ordinal) + "\u001e");
        // bad UTF-8, or no JSON
        if (random.Next(400) == 0) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        if (random.Next(400) == 0) bytes = bytes[..random.Next(bytes.Length)];
        return bytes;
    }

    private static string Record(Random random) => random.Next(200) switch
    {
        0 => new string('[', random.Next(1, 2_000)),
        1 =>
            """{"type":1,"target":"SendMessage","arguments":[""" +
            $$"""{{string.Concat(Enumerable.Repeat("{\"text\":", 60))}}1{{new string('}', 60)}}]}""",
        2 => $$"""{"type":{{Values[random.Next(Values.Length)]}}}""",
        3 =>
            $$"""{"type":1,"target":"SendMessage","arguments":[{"text":"{{new string('x', random.Next(40_000))}}"}]}""",
        4 => "",
        5 => Values[random.Next(Values.Length)],
        < 30 =>
            $$"""{"type":{{random.Next(-1, 12)}}""" +
            $$""","invocationId":"{{random.Next(9)}}","target":"{{Target(random)}}","arguments":[]}""",
        _ => $$"""{"type":1,"target":"{{Target(random)}}","arguments":[{{Arguments(random)}}],"invocationId":"1"}""",
    };

    private static string Target(Random random) => Targets[random.Next(Targets.Length)];

    private static string Arguments(Random random)
    {
        var values = random.Next(100) == 0 ? Values : Values[..18];
        var fields = Enumerable.Range(0, random.Next(5))
            .Select(_ => $"\"{Keys[random.Next(Keys.Length)]}\":{values[random.Next(values.Length)]}");
        return random.Next(4) == 0 ? values[random.Next(values.Length)] : $"{{{string.Join(',', fields)}}}";
    }

    private static long Heap()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
