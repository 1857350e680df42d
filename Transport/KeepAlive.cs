using System.Net.WebSockets;

namespace RoomChat.Transport;

/// <summary>
/// Pings a silent peer, and gives it up if it stays silent. Counts the beats of Kestrel's heartbeat, one a second for
/// all connections, where WebSocket's own keep-alive has a timer for each, which fires eight times for one ping.
/// </summary>
internal sealed class KeepAlive(
    FairPipeReader bytes, DuplexPipeStream stream, WebSocket socket, TimeSpan interval, TimeSpan timeout)
{
    private readonly int _pingAfter = SecondsOf(interval), _lostAfter = SecondsOf(interval + timeout);
    private int _reads, _silentSeconds;

    public void Tick()
    {
        if (_reads != bytes.Reads)
        {
            (_reads, _silentSeconds) = (bytes.Reads, 0);
            return;
        }
        _silentSeconds++;
        if (_silentSeconds == _pingAfter && socket.State == WebSocketState.Open) _ = stream.PingAsync();
        if (_silentSeconds >= _lostAfter) socket.Abort();
    }

    private static int SecondsOf(TimeSpan time) => (int)Math.Ceiling(time.TotalSeconds);
}
