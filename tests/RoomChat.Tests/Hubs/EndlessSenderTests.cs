using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Hubs;

/// <summary>On one processor, where whoever keeps a thread keeps it from everybody.</summary>
[Collection(nameof(ServerProcess))]
public sealed class EndlessSenderTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);

    private const string Upgrade =
        "GET /hub HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

    /// <summary>
    /// What is no record, and so is not counted: pings, pongs and messages without a word; and requests that wait for
    /// no answer.
    /// </summary>
    private static readonly (string First, string Again)[] Kinds =
    [
        (Upgrade, "\u0089\u0080\0\0\0\0"),
        (Upgrade, "\u008a\u0080\0\0\0\0"),
        (Upgrade, "\u0081\u0080\0\0\0\0"),
        ("", "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"),
    ];

    [Fact]
    public async Task ClientsThatNeverStopSendingDelayTheOthersByLessThanASecond()
    {
        using var server = await ServerProcess.ListeningAsync("DOTNET_PROCESSOR_COUNT=1");
        using var http = new HttpClient { BaseAddress = server.Address };
        await http.GetStringAsync("/health", TestContext.Current.CancellationToken);
        using var over = new CancellationTokenSource(Duration);
        var kinds = Enumerable.Repeat(Kinds, 4).SelectMany(all => all);
        Task[] endless = [.. kinds.Select(kind => SendAsync(server.Address, kind.First, kind.Again, over.Token))];

        var slowest = TimeSpan.Zero;
        while (!over.IsCancellationRequested)
        {
            var started = Stopwatch.GetTimestamp();
            await http.GetStringAsync("/health", TestContext.Current.CancellationToken);
            if (Stopwatch.GetElapsedTime(started) is var took && took > slowest) slowest = took;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        await Task.WhenAll(endless);

        TestContext.Current.TestOutputHelper!.WriteLine($"the slowest answer took {slowest.TotalMilliseconds:0} ms");
        Assert.InRange(slowest, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    private static async Task SendAsync(Uri server, string first, string again, CancellationToken over)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, CancellationToken.None);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(first), CancellationToken.None);
        var much = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(again, 500)));
        try
        {
            var answers = stream.CopyToAsync(Stream.Null, over);
            while (!over.IsCancellationRequested) await stream.WriteAsync(much, over);
            await answers;
        }
        catch (Exception end) when (end is OperationCanceledException or IOException)
        {
            // Enough, or closed by the server.
        }
    }
}
