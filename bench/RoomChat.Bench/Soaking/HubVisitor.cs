using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace RoomChat.Bench.Soaking;

/// <summary>Speaks to the hub, and may misbehave. It reads only while it waits for something.</summary>
internal sealed class HubVisitor : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[16 << 10];
    private string _unread = "";

    public static async Task<HubVisitor> ConnectAsync(
        SoakTarget target, CancellationToken stop, bool hasSmallBuffers = false)
    {
        var visitor = new HubVisitor();
        var from = ClientAddresses.Next();
        try
        {
            using var handler = new SocketsHttpHandler
            {
                ConnectCallback = async (_, cancelled) => new NetworkStream(
                    await target.ConnectAsync(from, hasSmallBuffers, cancelled).ConfigureAwait(false),
                    ownsSocket: true),
            };
            using var invoker = new HttpMessageInvoker(handler);
            await visitor._socket.ConnectAsync(new Uri("ws://127.0.0.1/hub"), invoker, stop).ConfigureAwait(false);
            await visitor.SendAsync("{\"protocol\":\"json\",\"version\":1}\u001e", stop).ConfigureAwait(false);
            return visitor;
        }
        catch
        {
            visitor.Dispose();
            throw;
        }
    }

    public Task SendAsync(string records, CancellationToken stop) => _socket.SendAsync(
        Encoding.UTF8.GetBytes(records), WebSocketMessageType.Text, endOfMessage: true, stop);

    public Task InvokeAsync(string target, string argument, CancellationToken stop) =>
        SendAsync(Invocation(target, argument), stop);

    public static string Invocation(string target, string argument) =>
        $$"""{"type":1,"invocationId":"1","target":"{{target}}","arguments":[{{argument}}]}""" + "\u001e";

    /// <summary>Returns the answer's record.</summary>
    public async Task<string> CallAsync(string target, string argument, CancellationToken stop)
    {
        await InvokeAsync(target, argument, stop).ConfigureAwait(false);
        return await ReadUntilAsync("{\"type\":3,", stop).ConfigureAwait(false)
            ?? throw new IOException("the connection ended");
    }

    /// <summary>The record with these words, or null once the connection has ended.</summary>
    public async Task<string?> ReadUntilAsync(string words, CancellationToken stop)
    {
        while (true)
        {
            for (int end; (end = _unread.IndexOf('\u001e', StringComparison.Ordinal)) >= 0;)
            {
                var record = _unread[..end];
                _unread = _unread[(end + 1)..];
                if (record.Contains(words, StringComparison.Ordinal)) return record;
            }
            try
            {
                var received = await _socket.ReceiveAsync(_buffer.AsMemory(), stop).ConfigureAwait(false);
                if (received.MessageType == WebSocketMessageType.Close) return null;
                _unread += Encoding.UTF8.GetString(_buffer.AsSpan(0, received.Count));
            }
            catch (WebSocketException)
            {
                return null;
            }
        }
    }

    public void Dispose() => _socket.Dispose();
}
