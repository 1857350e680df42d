using System.Net.Sockets;
using System.Text;

namespace RoomChat.Tests.Support;

/// <summary>A connection that says what no HTTP library would, or stops in the middle of it.</summary>
internal sealed class RawHttp : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);

    public static async Task<RawHttp> ConnectAsync(Uri server)
    {
        var client = new RawHttp();
        await client._socket.ConnectAsync(server.Host, server.Port, TestContext.Current.CancellationToken);
        return client;
    }

    public static Task<RawHttp> ConnectAsync(ChatServer server) => ConnectAsync(server.Address);

    public Task SayAsync(string words) => _socket.SendAsync(Encoding.Latin1.GetBytes(words));

    /// <summary>What has come, as soon as something has.</summary>
    public async Task<string> HearAsync()
    {
        var buffer = new byte[16 << 10];
        // some wait for a timeout
        var count = await _socket.ReceiveAsync(buffer).WaitAsync(2 * Wait.Long, TestContext.Current.CancellationToken);
        return Encoding.Latin1.GetString(buffer, 0, count);
    }

    /// <summary>Everything until the server closes, politely or not.</summary>
    public async Task<string> UntilClosedAsync()
    {
        var heard = new StringBuilder();
        try
        {
            while (await HearAsync() is { Length: > 0 } more) heard.Append(more);
        }
        catch (SocketException)
        {
            // Closed without a word.
        }
        return heard.ToString();
    }

    /// <summary>Says that nothing more comes.</summary>
    public void Finish() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Is gone in the middle of whatever it was.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        Dispose();
    }

    public void Dispose() => _socket.Dispose();
}
