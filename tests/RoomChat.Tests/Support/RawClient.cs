using System.Net.WebSockets;
using System.Text;

namespace RoomChat.Tests.Support;

/// <summary>A WebSocket that sends what other clients would not, or stops reading.</summary>
internal sealed class RawClient : IDisposable
{
    private const char End = '\u001e';
    private readonly ClientWebSocket _socket = new();
    private readonly Queue<string> _records = new();
    private string _partial = "";

    public bool IsOpen => _socket.State == WebSocketState.Open;

    public static Task<RawClient> ConnectAsync(ChatServer server) => ConnectAsync(server.Address);

    public static async Task<RawClient> ConnectAsync(Uri server, params (string Name, string Value)[] headers)
    {
        var client = new RawClient();
        foreach (var (name, value) in headers) client._socket.Options.SetRequestHeader(name, value);
        client._socket.Options.SetBuffer(4096, 4096);
        if (server.Scheme == Uri.UriSchemeHttps)
            client._socket.Options.RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null;
        var hub = new UriBuilder(server) { Scheme = server.Scheme.Replace("http", "ws"), Path = "/hub" }.Uri;
        await client._socket.ConnectAsync(hub, TestContext.Current.CancellationToken).Soon();
        await client.SendAsync("""{"protocol":"json","version":1}""");
        Assert.Equal("{}", await client.NextAsync());
        return client;
    }

    public Task SendAsync(string record) => SendBytesAsync(Encoding.UTF8.GetBytes(record + End));

    public Task SendBytesAsync(byte[] frame) =>
        _socket.SendAsync(frame, WebSocketMessageType.Text, true, TestContext.Current.CancellationToken).Soon();

    /// <summary>Calls a hub method and returns the whole completion record.</summary>
    public async Task<string> CallAsync(string method, string arguments)
    {
        await SendAsync($$"""{"type":1,"invocationId":"1","target":"{{method}}","arguments":[{{arguments}}]}""");
        return await FirstAsync("\"invocationId\":\"1\"");
    }

    /// <summary>The next record that contains this; those before are skipped.</summary>
    public async Task<string> FirstAsync(string part)
    {
        while (true)
            if (await NextAsync() is var record && record.Contains(part, StringComparison.Ordinal)) return record;
    }

    /// <summary>The next record; an empty one if the server has closed.</summary>
    public async Task<string> NextAsync()
    {
        var buffer = new byte[16 * 1024];
        while (_records.Count == 0)
        {
            var received = await _socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken).Soon();
            if (received.MessageType == WebSocketMessageType.Close) return "";
            var parts = (_partial + Encoding.UTF8.GetString(buffer, 0, received.Count)).Split(End);
            foreach (var whole in parts[..^1]) _records.Enqueue(whole);
            _partial = parts[^1];
        }
        return _records.Dequeue();
    }

    /// <summary>Reads until the end and only counts a mark: cheap enough for many clients in one process.</summary>
    public async Task CountAsync(byte[] mark, Action found)
    {
        var buffer = new byte[64 * 1024];
        var kept = 0;
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(buffer.AsMemory(kept), CancellationToken.None);
                if (received.MessageType == WebSocketMessageType.Close) break;
                var (filled, at) = (kept + received.Count, 0);
                while (buffer.AsSpan(at, filled - at).IndexOf(mark) is >= 0 and var offset)
                {
                    found();
                    at += offset + mark.Length;
                }
                // A mark may lie across two frames: its possible beginning is kept.
                kept = Math.Min(mark.Length - 1, filled - at);
                buffer.AsSpan(filled - kept, kept).CopyTo(buffer);
            }
        }
        catch (Exception over)
            when (over is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The client was disposed of, or the server closed the connection.
        }
    }

    /// <summary>Reads until the server has closed the connection, with a closing frame or without.</summary>
    public async Task UntilClosedAsync()
    {
        try
        {
            while (await NextAsync() != "") { }
        }
        catch (WebSocketException)
        {
            // Closed without a closing frame.
        }
    }

    public void Dispose() => _socket.Dispose();
}
