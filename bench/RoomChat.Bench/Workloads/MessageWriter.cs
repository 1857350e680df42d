using System.Text;
using RoomChat.Bench.Networking;
using RoomChat.Bench.Protocols;
using RoomChat.Bench.Verification;

namespace RoomChat.Bench.Workloads;

/// <summary>Writes messages into one reused buffer: all texts are alike but for the header.</summary>
internal sealed class MessageWriter
{
    private readonly Protocol _protocol;
    private readonly byte[] _text;
    private readonly byte[] _buffer = new byte[32 << 10];

    public MessageWriter(Protocol protocol, int textSize)
    {
        _protocol = protocol;
        _text = MessageHeader.CreateText(textSize);
        protocol.ExpectedBody = Encoding.ASCII.GetString(_text.AsSpan(MessageHeader.Length));
    }

    public ReadOnlySpan<byte> Write(WebSocketClient client, MessageHeader header)
    {
        header.WriteTo(_text);
        var prefix = client.MessagePrefix;
        var suffix = _protocol.MessageSuffix;
        prefix.CopyTo(_buffer, 0);
        _text.CopyTo(_buffer, prefix.Length);
        suffix.CopyTo(_buffer.AsSpan(prefix.Length + _text.Length));
        return _buffer.AsSpan(0, prefix.Length + _text.Length + suffix.Length);
    }
}
