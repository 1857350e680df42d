using System.Net;
using System.Net.Sockets;

namespace RoomChat.Tests.Support;

/// <summary>
/// A TCP relay in front of a server that delays, stalls and cuts connections.
/// </summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly List<Line> _lines = [];
    private readonly int _target;
    private readonly Task _accepting;

    public FaultProxy(Uri target)
    {
        _target = target.Port;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>By how much everything that the server sends is delayed.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>The open connections, the oldest first.</summary>
    public IReadOnlyList<Line> Lines
    {
        get { lock (_gate) { return [.. _lines]; } }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        foreach (var line in Lines) line.Cut();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> relays = [];
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_end.Token);
                relays.Add(RelayAsync(client));
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(relays);
        }
    }

    private async Task RelayAsync(Socket client)
    {
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var line = new Line(this, client, server);
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _target, _end.Token);
            lock (_gate) { _lines.Add(line); }
            await line.RelayAsync();
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException)
        {
            // The server cannot be reached: the client sees its connection end.
        }
        finally
        {
            lock (_gate) { _lines.Remove(line); }
            line.Cut();
        }
    }

    /// <summary>One connection through the proxy.</summary>
    internal sealed class Line(FaultProxy proxy, Socket client, Socket server)
    {
        private readonly TaskCompletionSource _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _withheld = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool _toClientStalled, _toServerStalled;
        private int _bytesToServer = int.MaxValue, _receivedFromClient;

        /// <summary>How many times bytes came from the client.</summary>
        public int ReceivedFromClient => Volatile.Read(ref _receivedFromClient);

        /// <summary>Both ends see the connection end.</summary>
        public void Cut()
        {
            _cut.TrySetResult();
            client.Dispose();
            server.Dispose();
        }

        /// <summary>What the server sends stays in the proxy: the client hears nothing more.</summary>
        public void StallToClient() => _toClientStalled = true;

        /// <summary>Nothing gets through either way and nobody is told: a pulled cable.</summary>
        public void GoSilent() => _toClientStalled = _toServerStalled = true;

        /// <summary>Goes silent, and waits until something is withheld: then nothing is on its way.</summary>
        public Task GoSilentAsync()
        {
            GoSilent();
            return _withheld.Task.Soon();
        }

        /// <summary>Ends after so many more bytes from the client: in the middle of a frame.</summary>
        public void CutAfter(int bytes) => Volatile.Write(ref _bytesToServer, bytes);

        public Task RelayAsync() => Task.WhenAny(
            PumpAsync(client, server, toClient: false), PumpAsync(server, client, toClient: true), _cut.Task);

        private async Task PumpAsync(Socket from, Socket to, bool toClient)
        {
            var buffer = new byte[16 * 1024];
            try
            {
                while (await from.ReceiveAsync(buffer) is > 0 and var count)
                {
                    if (toClient && proxy.Delay > TimeSpan.Zero) await Task.Delay(proxy.Delay);
                    if (!toClient) Interlocked.Increment(ref _receivedFromClient);
                    if (toClient ? _toClientStalled : _toServerStalled)
                    {
                        _withheld.TrySetResult();
                        await _cut.Task;
                    }
                    var let = toClient ? count : Math.Min(count, Volatile.Read(ref _bytesToServer));
                    await to.SendAsync(buffer.AsMemory(0, let));
                    var isLimited = !toClient && Volatile.Read(ref _bytesToServer) != int.MaxValue;
                    if (isLimited && Interlocked.Add(ref _bytesToServer, -let) <= 0) return;
                }
            }
            catch (Exception over) when (over is SocketException or ObjectDisposedException)
            {
                // Cut here or closed by an end.
            }
        }
    }
}
