using System.Net.WebSockets;

namespace RoomChat.Fuzz.OverTheWire;

/// <summary>Sends mutated records, many to a frame or a frame in parts, on as many connections as that takes.</summary>
internal sealed class FuzzingClient(Uri hub, RecordMutator records, Random random)
{
    private const int MostPerFrame = 20, MostPerConnection = 2_000;

    /// <summary>So that neither ever waits for the other.</summary>
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(10);

    /// <summary>What is sent after the server has closed reaches nobody.</summary>
    private static readonly TimeSpan ClosingTime = TimeSpan.FromMilliseconds(50);

    public int Connections { get; private set; }

    public async Task SendAsync(int count)
    {
        for (var sent = 0; sent < count; Connections++)
        {
            using var socket = new ClientWebSocket();
            await socket.ConnectAsync(hub, CancellationToken.None);
            using var over = new CancellationTokenSource();
            var draining = DrainAsync(socket, over.Token);
            try
            {
                if (random.Next(50) != 0)
                    await SendAsync(socket, "{\"protocol\":\"json\",\"version\":1}\u001e"u8.ToArray());
                for (var here = 0; here < MostPerConnection && sent < count && !draining.IsCompleted;)
                {
                    var frame = NextFrame(Math.Min(MostPerFrame, count - sent), out var some, out var isDamaged);
                    (here, sent) = (here + some, sent + some);
                    if (random.Next(10) == 0) await SendInPartsAsync(socket, frame);
                    else await SendAsync(socket, frame);
                    if (isDamaged) await Task.WhenAny(draining, Task.Delay(ClosingTime));
                }
                if (random.Next(2) == 0)
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                else socket.Abort();
            }
            catch (Exception cut) when (cut is WebSocketException or IOException or InvalidOperationException)
            {
                // The server has closed the connection.
            }
            over.CancelAfter(CloseTimeout);
            await draining;
        }
    }

    /// <summary>Some records, of which the last may be damaged.</summary>
    private byte[] NextFrame(int most, out int count, out bool isDamaged)
    {
        List<byte> frame = [];
        var wanted = random.Next(1, most + 1);
        (count, isDamaged) = (0, false);
        for (; count < wanted && !isDamaged; count++) frame.AddRange(records.Next(out isDamaged));
        return [.. frame];
    }

    private static Task SendAsync(ClientWebSocket socket, byte[] frame) =>
        socket.SendAsync(frame, WebSocketMessageType.Text, true, CancellationToken.None);

    /// <summary>Split at any byte, also inside characters.</summary>
    private async Task SendInPartsAsync(ClientWebSocket socket, byte[] frame)
    {
        for (var at = 0; at < frame.Length;)
        {
            var part = random.Next(Math.Min(300, frame.Length - at) + 1);
            await socket.SendAsync(
                frame.AsMemory(at, part), WebSocketMessageType.Text, random.Next(2) == 0, CancellationToken.None);
            at += part;
        }
    }

    private static async Task DrainAsync(ClientWebSocket socket, CancellationToken over)
    {
        var buffer = new byte[64 << 10];
        try
        {
            while ((await socket.ReceiveAsync(buffer, over)).MessageType != WebSocketMessageType.Close) { }
        }
        catch (Exception end) when (end is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Closed by either.
        }
    }
}
