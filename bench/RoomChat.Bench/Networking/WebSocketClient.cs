using System.Text;
using RoomChat.Bench.Protocols;
using RoomChat.Bench.Verification;

namespace RoomChat.Bench.Networking;

/// <summary>A WebSocket client that allocates nothing per message. Without a member it only creates rooms.</summary>
internal sealed unsafe class WebSocketClient
{
    private readonly EventLoop _loop;
    private readonly Protocol _protocol;
    private readonly int _port;
    private ByteQueue _unread = new(), _fragments = new(), _unsent = new();
    private bool _isStalled;

    public WebSocketClient(EventLoop loop, Protocol protocol, int port, TrackedMember? member)
    {
        (_loop, _protocol, _port, Member) = (loop, protocol, port, member);
        Index = loop.Register(this);
    }

    public int Index { get; }
    public TrackedMember? Member { get; }
    public int Socket { get; private set; } = -1;
    public ClientState State { get; private set; }
    public long ConnectStartedAt { get; private set; }
    public long LastSentAt { get; private set; }
    public byte[] MessagePrefix { get; set; } = [];
    public int JsonCheckedMessages { get; set; }
    public long ReceivedBytes { get; private set; }

    /// <summary>The last three bytes of an own address in 127.0.0.0/8.</summary>
    public int? From { get; init; }

    public Action<WebSocketClient>? Joined { get; set; }
    public Action<WebSocketClient, string>? Failed { get; set; }

    /// <summary>Also again, once it is closed.</summary>
    public void Connect()
    {
        ConnectStartedAt = _loop.UpdateNow();
        _unread.Clear();
        _fragments.Clear();
        _unsent.Clear();
        Socket = LinuxSockets.ConnectToLoopback(_port, hasSmallBuffers: Member is { IsStalled: true }, From);
        State = ClientState.Connecting;
        _loop.Control(this, LinuxSockets.EpollAdd, LinuxSockets.EpollOut);
    }

    public void MarkJoined()
    {
        State = ClientState.Joined;
        Joined?.Invoke(this);
    }

    public void StopReading()
    {
        _isStalled = true;
        _loop.Control(this, LinuxSockets.EpollDelete, 0);
    }

    public void Fail(string reason)
    {
        if (State == ClientState.Closed) return;
        Close();
        Failed?.Invoke(this, reason);
    }

    public void Close()
    {
        if (State is not (ClientState.Created or ClientState.Closed)) _ = LinuxSockets.Close(Socket);
        State = ClientState.Closed;
    }

    public void Send(string text) => Send(Encoding.UTF8.GetBytes(text));

    public void Send(ReadOnlySpan<byte> payload, byte opcode = WebSocketFrame.Text)
    {
        if (State == ClientState.Closed) return;
        var size = WebSocketFrame.WriteMasked(_loop.SendBuffer, opcode, payload, mask: 0x9E3779B1 ^ (uint)Index);
        Write(_loop.SendBuffer.AsSpan(0, size));
        LastSentAt = _loop.Now;
    }

    public void HandleEvents(uint events)
    {
        if (State == ClientState.Closed) return;
        if (State == ClientState.Connecting)
        {
            SendUpgradeRequest();
            return;
        }
        if ((events & LinuxSockets.EpollOut) != 0) WriteUnsent();
        if ((events & (LinuxSockets.EpollIn | LinuxSockets.EpollErr | LinuxSockets.EpollHup)) != 0) Read();
    }

    private void SendUpgradeRequest()
    {
        if (LinuxSockets.GetConnectError(Socket) is not 0 and var error)
        {
            Fail($"cannot connect: errno {error}");
            return;
        }
        State = ClientState.Upgrading;
        _loop.Control(this, LinuxSockets.EpollModify, LinuxSockets.EpollIn);
        Write(Encoding.ASCII.GetBytes(
            $"GET {_protocol.Path} HTTP/1.1\r\nHost: 127.0.0.1:{_port}\r\n" +
            "Upgrade: websocket\r\nConnection: Upgrade\r\n" +
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"));
    }

    private void Read()
    {
        var buffer = _loop.ReceiveBuffer;
        var kept = _unread.Length;
        _unread.Bytes.CopyTo(buffer);
        _unread.Clear();
        int received;
        fixed (byte* free = &buffer[kept]) received = LinuxSockets.Receive(Socket, free, buffer.Length - kept);
        if (received <= 0 && !(received < 0 && LinuxSockets.LastError == LinuxSockets.TryAgain))
        {
            Fail(received == 0 ? "the server closed the connection" : $"cannot read: errno {LinuxSockets.LastError}");
            return;
        }
        _loop.UpdateNow();
        ReceivedBytes += Math.Max(0, received);

        var data = buffer.AsSpan(0, kept + Math.Max(0, received));
        var consumed = State == ClientState.Upgrading ? ReadUpgradeResponse(data) : 0;
        while (State is ClientState.Joining or ClientState.Joined
            && WebSocketFrame.Read(data[consumed..], out var frame) is > 0 and var size)
        {
            HandleFrame(frame);
            consumed += size;
        }
        if (State == ClientState.Closed || _isStalled) return;
        if (consumed == 0 && data.Length == buffer.Length) Fail("a frame is larger than the driver's buffer");
        else _unread.Append(data[consumed..]);
    }

    private int ReadUpgradeResponse(ReadOnlySpan<byte> data)
    {
        var end = data.IndexOf("\r\n\r\n"u8);
        if (end < 0) return 0;
        if (!data.StartsWith("HTTP/1.1 101"u8))
        {
            Fail("WebSocket upgrade refused: " + Encoding.ASCII.GetString(data[..Math.Min(end, 60)]));
            return 0;
        }
        State = ClientState.Joining;
        _protocol.OnConnected(this);
        return end + 4;
    }

    private void HandleFrame(WebSocketFrame frame)
    {
        switch (frame.Opcode)
        {
            case WebSocketFrame.Close: Fail("the server sent a close frame"); break;
            case WebSocketFrame.Ping: Send(frame.Payload, WebSocketFrame.Pong); break;
            case WebSocketFrame.Pong: break;
            case var _ when frame.IsFinal && _fragments.Length == 0: _protocol.OnMessage(this, frame.Payload); break;
            default:
                _fragments.Append(frame.Payload);
                if (!frame.IsFinal) return;
                _protocol.OnMessage(this, _fragments.Bytes);
                _fragments.Clear();
                break;
        }
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        var written = _unsent.Length == 0 ? WriteNow(bytes) : 0;
        if (written == bytes.Length || State == ClientState.Closed) return;
        if (_unsent.Length == 0 && !_isStalled)
            _loop.Control(this, LinuxSockets.EpollModify, LinuxSockets.EpollIn | LinuxSockets.EpollOut);
        _unsent.Append(bytes[written..]);
    }

    private void WriteUnsent()
    {
        _unsent.RemoveFirst(WriteNow(_unsent.Bytes));
        if (_unsent.Length == 0 && State != ClientState.Closed)
            _loop.Control(this, LinuxSockets.EpollModify, LinuxSockets.EpollIn);
    }

    private int WriteNow(ReadOnlySpan<byte> bytes)
    {
        int written;
        fixed (byte* start = bytes) written = LinuxSockets.Send(Socket, start, bytes.Length);
        if (written < 0 && LinuxSockets.LastError != LinuxSockets.TryAgain)
            Fail($"cannot write: errno {LinuxSockets.LastError}");
        return Math.Max(0, written);
    }
}
