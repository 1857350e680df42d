using System.Net.Sockets;
using System.Text;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Hubs;

/// <summary>On one processor, where a connection that keeps its thread keeps it from all others.</summary>
[Collection(nameof(ServerProcess))]
public sealed class EndlessSenderTests
{
    private const int Requests = 10, MegabytesBetween = 5, MostMegabytesPerRequest = 10;

    private const string Upgrade =
        "GET /hub HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

    /// <summary>What no limit counts: pings, pongs, empty messages, and pipelined requests.</summary>
    private static readonly (string First, string Again)[] Kinds =
    [
        (Upgrade, "\u0089\u0080\0\0\0\0"),
        (Upgrade, "\u008a\u0080\0\0\0\0"),
        (Upgrade, "\u0081\u0080\0\0\0\0"),
        ("", "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"),
    ];

    private long _sent;

    /// <summary>Counted in what the server reads meanwhile, so that a slow machine changes nothing.</summary>
    [Fact]
    public async Task ClientsThatNeverStopSendingDoNotHoldUpTheOthers()
    {
        using var server = await ServerProcess.ListeningAsync("DOTNET_PROCESSOR_COUNT=1");
        using var http = new HttpClient { BaseAddress = server.Address };
        await http.GetStringAsync("/health", TestContext.Current.CancellationToken);
        using var over = new CancellationTokenSource();
        var kinds = Enumerable.Repeat(Kinds, 4).SelectMany(all => all);
        Task[] endless = [.. kinds.Select(kind => SendAsync(server.Address, kind.First, kind.Again, over.Token))];

        List<long> sent = [];
        for (var n = 0; n < Requests; n++)
        {
            await WaitForSentAsync(MegabytesBetween);
            var before = Volatile.Read(ref _sent);
            await http.GetStringAsync("/health", TestContext.Current.CancellationToken).Soon();
            sent.Add((Volatile.Read(ref _sent) - before) >> 20);
        }
        await over.CancelAsync();
        await Task.WhenAll(endless);

        TestContext.Current.TestOutputHelper!.WriteLine($"MB sent during each request: {string.Join(' ', sent)}");
        Assert.InRange(sent.Order().ElementAt(Requests / 2), 0, MostMegabytesPerRequest);
    }

    private Task WaitForSentAsync(long megabytes)
    {
        var enough = Volatile.Read(ref _sent) + (megabytes << 20);
        return Wait.UntilAsync(() => Volatile.Read(ref _sent) >= enough, $"{megabytes} MB to be sent");
    }

    private async Task SendAsync(Uri server, string first, string again, CancellationToken over)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, CancellationToken.None);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(first), CancellationToken.None);
        var much = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(again, 500)));
        try
        {
            var answers = stream.CopyToAsync(Stream.Null, over);
            while (!over.IsCancellationRequested)
            {
                await stream.WriteAsync(much, over);
                Interlocked.Add(ref _sent, much.Length);
            }
            await answers;
        }
        catch (Exception end) when (end is OperationCanceledException or IOException)
        {
            // The test is over, or the server closed the connection.
        }
    }
}
