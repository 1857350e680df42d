using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RoomChat.Bench.Soaking;

/// <summary>The server and its proxy, to which others than the talkers connect in turn.</summary>
internal sealed class SoakTarget(
    int serverPort, int? proxyPort, IReadOnlyList<string> quietRooms, IReadOnlyList<string> loudRooms)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly Random _random = new(2);
    private int _next;

    public IReadOnlyList<string> LoudRooms => loudRooms;

    public string AnyQuietRoom() => quietRooms[Random(quietRooms.Count)];

    public int Random(int below)
    {
        lock (_random) { return _random.Next(below); }
    }

    public async Task<Socket> ConnectAsync(int from, bool hasSmallBuffers, CancellationToken stop)
    {
        var port = proxyPort is { } proxy && Interlocked.Increment(ref _next) % 2 == 0 ? proxy : serverPort;
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            LingerState = new LingerOption(true, 0),
        };
        try
        {
            if (hasSmallBuffers)
            {
                socket.ReceiveBufferSize = 16 << 10;
                socket.SetRawSocketOption((int)SocketOptionLevel.Tcp, 2, BitConverter.GetBytes(1400));  // TCP_MAXSEG
            }
            socket.Bind(new IPEndPoint(ClientAddresses.ToAddress(from), 0));
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), stop).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public async Task<(string Status, string Body)> RequestAsync(
        int from, string method, string path, string form, string? seat, CancellationToken stop)
    {
        var authorization = seat is null ? "" : $"Authorization: Bearer {seat}\r\n";
        var answer = await ExchangeAsync(
            from,
            $"{method} {path} HTTP/1.0\r\nHost: 127.0.0.1\r\n{authorization}" +
            $"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {form.Length}\r\n\r\n{form}", stop)
            .ConfigureAwait(false);
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0 || answer.Length < 12) throw new IOException("no answer");
        var status = answer[9..12];
        return status is "502" or "503" or "504"
            ? throw new IOException("the proxy has no server")
            : (status, answer[(end + 4)..]);
    }

    /// <summary>Sends something and reads until the server closes the connection.</summary>
    public async Task<string> ExchangeAsync(int from, string request, CancellationToken stop)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timeout.CancelAfter(Timeout);
        using var socket = await ConnectAsync(from, hasSmallBuffers: false, timeout.Token).ConfigureAwait(false);
        await socket.SendAsync(Encoding.Latin1.GetBytes(request), timeout.Token).ConfigureAwait(false);
        var stream = new NetworkStream(socket);
        await using (stream.ConfigureAwait(false))
        {
            using var reader = new StreamReader(stream);
            return await reader.ReadToEndAsync(timeout.Token).ConfigureAwait(false);
        }
    }
}
