using System.Text;
using RoomChat.Bench.Checking;
using RoomChat.Bench.Protocols;

namespace RoomChat.Bench.Driving;

internal enum Phase { Unconnected, Connecting, Upgrading, Opening, Joined, Closed }

/// <summary>A WebSocket client that allocates nothing per message. One without a member only makes rooms.</summary>
internal sealed unsafe class Client
{
    /// <summary>As on a network: with packets of loopback's size the kernel would keep megabytes for who does not read.</summary>
    private const int DeafSegment = 1400;

    private readonly EventLoop _loop;
    private readonly Protocol _protocol;
    private readonly int _port;
    private Held _unread = new(), _parts = new(), _unsent = new();

    public Client(EventLoop loop, Protocol protocol, int port, Member? member)
    {
        (_loop, _protocol, _port, Member) = (loop, protocol, port, member);
        Index = loop.Add(this);
    }

    public int Index { get; }
    public Member? Member { get; }
    public int Socket { get; private set; } = -1;
    public Phase Phase { get; private set; }
    public long Began { get; private set; }
    public long LastSent { get; private set; }
    public long Now => _loop.Now;

    /// <summary>What stands before each text it sends, once its protocol has fixed that.</summary>
    public byte[] Before { get; set; } = [];

    /// <summary>Its first messages are read with a real parser besides.</summary>
    public int Parsed { get; set; }

    public Action<Client>? Joined { get; set; }
    public Action<Client, string>? Lost { get; set; }

    private bool IsDeaf => Member is { IsDeaf: true } && Phase == Phase.Joined;

    public void Connect()
    {
        Began = _loop.Look();
        Socket = Linux.Connect(_port, Member is { IsDeaf: true } ? DeafSegment : null);
        Phase = Phase.Connecting;
        _loop.Watch(this, Linux.Add, Linux.Out);
    }

    public void IsIn()
    {
        Phase = Phase.Joined;
        if (IsDeaf) _loop.Watch(this, Linux.Remove, 0);
        Joined?.Invoke(this);
    }

    public void Lose(string why)
    {
        if (Phase == Phase.Closed) return;
        Close();
        Lost?.Invoke(this, why);
    }

    public void Close()
    {
        if (Phase is not (Phase.Unconnected or Phase.Closed)) _ = Linux.Close(Socket);
        Phase = Phase.Closed;
    }

    public void Say(string text) => Say(Encoding.UTF8.GetBytes(text));

    public void Say(ReadOnlySpan<byte> message, byte opcode = Frame.Text)
    {
        if (Phase == Phase.Closed) return;
        var size = Frame.Write(_loop.Output, opcode, message, 0x9E3779B1 ^ (uint)Index);
        Send(_loop.Output.AsSpan(0, size));
        LastSent = _loop.Now;
    }

    public void Ready(uint events)
    {
        if (Phase == Phase.Closed) return;
        if (Phase == Phase.Connecting)
        {
            Upgrade();
            return;
        }
        if ((events & Linux.Out) != 0) Flush();
        if ((events & (Linux.In | Linux.Err | Linux.Hup)) != 0) Read();
    }

    private void Upgrade()
    {
        if (Linux.ConnectError(Socket) is not 0 and var error)
        {
            Lose($"cannot connect: errno {error}");
            return;
        }
        Phase = Phase.Upgrading;
        _loop.Watch(this, Linux.Change, Linux.In);
        Send(Encoding.ASCII.GetBytes(
            $"GET {_protocol.Path} HTTP/1.1\r\nHost: 127.0.0.1:{_port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"));
    }

    private void Read()
    {
        var buffer = _loop.Input;
        var have = _unread.TakeAll(buffer);
        int got;
        fixed (byte* into = buffer) got = Linux.Receive(Socket, into + have, buffer.Length - have);
        if (got <= 0 && !(got < 0 && Linux.Error == Linux.TryAgain))
        {
            Lose(got == 0 ? "the server closed the connection" : $"reading: errno {Linux.Error}");
            return;
        }
        _loop.Look();

        var data = buffer.AsSpan(0, have + Math.Max(0, got));
        var used = Phase == Phase.Upgrading ? Upgraded(data) : 0;
        for (int taken; Phase is Phase.Opening or Phase.Joined && (taken = Frame.Read(data[used..], out var frame)) > 0; used += taken) Hear(frame);
        if (Phase == Phase.Closed || IsDeaf) return;
        if (used == 0 && data.Length == buffer.Length) Lose("a frame is larger than the driver's buffer");
        else _unread.Add(data[used..]);
    }

    private int Upgraded(ReadOnlySpan<byte> data)
    {
        var end = data.IndexOf("\r\n\r\n"u8);
        if (end < 0) return 0;
        if (!data.StartsWith("HTTP/1.1 101"u8))
        {
            Lose("no WebSocket: " + Encoding.ASCII.GetString(data[..Math.Min(end, 60)]));
            return 0;
        }
        Phase = Phase.Opening;
        _protocol.Opened(this);
        return end + 4;
    }

    private void Hear(Frame frame)
    {
        if (frame.Opcode == Frame.Close) Lose("the server said goodbye");
        else if (frame.Opcode == Frame.Ping) Say(frame.Payload, Frame.Pong);
        else if (frame.Opcode == Frame.Pong) return;
        else if (frame.IsLast && _parts.Length == 0) _protocol.Heard(this, frame.Payload);
        else
        {
            _parts.Add(frame.Payload);
            if (!frame.IsLast) return;
            _protocol.Heard(this, _parts.Bytes);
            _parts.Drop(_parts.Length);
        }
    }

    private void Send(ReadOnlySpan<byte> bytes)
    {
        var sent = _unsent.Length == 0 ? SendNow(bytes) : 0;
        if (sent == bytes.Length || Phase == Phase.Closed) return;
        if (_unsent.Length == 0 && !IsDeaf) _loop.Watch(this, Linux.Change, Linux.In | Linux.Out);
        _unsent.Add(bytes[sent..]);
    }

    private void Flush()
    {
        _unsent.Drop(SendNow(_unsent.Bytes));
        if (_unsent.Length == 0 && Phase != Phase.Closed) _loop.Watch(this, Linux.Change, Linux.In);
    }

    private int SendNow(ReadOnlySpan<byte> bytes)
    {
        int sent;
        fixed (byte* from = bytes) sent = Linux.Send(Socket, from, bytes.Length);
        if (sent < 0 && Linux.Error != Linux.TryAgain) Lose($"writing: errno {Linux.Error}");
        return Math.Max(0, sent);
    }

    /// <summary>Bytes kept from one turn to the next, in an array that only grows.</summary>
    private struct Held()
    {
        private byte[] _bytes = [];

        public int Length { get; private set; }

        public readonly ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

        public void Add(ReadOnlySpan<byte> more)
        {
            if (_bytes.Length < Length + more.Length) Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Length + more.Length + 64));
            more.CopyTo(_bytes.AsSpan(Length));
            Length += more.Length;
        }

        public void Drop(int count)
        {
            _bytes.AsSpan(count, Length - count).CopyTo(_bytes);
            Length -= count;
        }

        public int TakeAll(Span<byte> into)
        {
            Bytes.CopyTo(into);
            (var taken, Length) = (Length, 0);
            return taken;
        }
    }
}
