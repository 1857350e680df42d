using System.Net.Sockets;
using System.Text;

namespace RoomChat.Tests.Support;

/// <summary>A connection that sends what no HTTP library would, or stops in the middle of a request.</summary>
internal sealed class RawHttp : IDisposable
{
    /// <summary>Longer than the server waits for a slow request.</summary>
    private static readonly TimeSpan ReceiveTimeout = 2 * Wait.Timeout;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);

    public static async Task<RawHttp> ConnectAsync(Uri server)
    {
        var client = new RawHttp();
        await client._socket.ConnectAsync(server.Host, server.Port, TestContext.Current.CancellationToken);
        return client;
    }

    public static Task<RawHttp> ConnectAsync(ChatServer server) => ConnectAsync(server.Address);

    public Task SendAsync(string text) => _socket.SendAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Waits for the next bytes.</summary>
    public async Task<string> ReceiveAsync()
    {
        var buffer = new byte[16 << 10];
        var count = await _socket.ReceiveAsync(buffer)
            .WaitAsync(ReceiveTimeout, TestContext.Current.CancellationToken);
        return Encoding.Latin1.GetString(buffer, 0, count);
    }

    /// <summary>Everything until the server closes the connection, or resets it.</summary>
    public async Task<string> UntilClosedAsync()
    {
        var received = new StringBuilder();
        try
        {
            while (await ReceiveAsync() is { Length: > 0 } more) received.Append(more);
        }
        catch (SocketException)
        {
            // Reset by the server.
        }
        return received.ToString();
    }

    /// <summary>Sends a FIN: nothing more comes.</summary>
    public void Finish() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Sends a RST, as when a client crashes in the middle of a request.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        Dispose();
    }

    public void Dispose() => _socket.Dispose();
}
