using System.Text;
using RoomChat.Bench.Networking;
using RoomChat.Bench.Verification;

namespace RoomChat.Bench.Soaking;

/// <summary>
/// A member that comes back to its seat and sends again what was not acknowledged, as the page does: one after the
/// other, and later if there is too much of it at once.
/// </summary>
internal sealed class Talker(TrackedMember member, bool isProxied, int textSize)
{
    public const char Filler = 'x';
    public const string Edited = " (edited)";

    private readonly Queue<string> _unacknowledged = [];
    private string _lastText = "";
    private bool _isWaiting;     // for an answer

    public TrackedMember Member => member;
    public bool IsProxied => isProxied;
    public required WebSocketClient Client { get; init; }
    public string? Seat { get; private set; }
    public string? Epoch { get; private set; }

    /// <summary>What it said last, to be edited or reacted to.</summary>
    public (long Seq, string Text)? Last { get; private set; }

    public string Body { get; } = new(Filler, textSize - MessageHeader.Length);

    public void Say(long now)
    {
        Span<byte> header = stackalloc byte[MessageHeader.Length];
        var index = member.SentMessages++;
        new MessageHeader(member.Id, index, now).WriteTo(header);
        _lastText = Encoding.ASCII.GetString(header);
        _unacknowledged.Enqueue(ResumingProtocol.SendMessage(id: $"m{index}", _lastText + Body));
        SendNext();
    }

    public void EditLast()
    {
        if (Client.State == ClientState.Joined && Last is var (seq, text))
            Client.Send(ResumingProtocol.EditMessage(seq, text + Body + Edited));
    }

    public void ReactTo(Talker other, bool on)
    {
        if (Client.State == ClientState.Joined && other.Last is var (seq, _))
            Client.Send(ResumingProtocol.React(seq, on));
    }

    public void Type()
    {
        if (Client.State == ClientState.Joined) Client.Send(ResumingProtocol.Typing);
    }

    public void OnJoined(string seat, string epoch)
    {
        (Seat, Epoch) = (seat, epoch);
        Client.MarkJoined();
        _isWaiting = false;
        SendNext();
    }

    public void SendNext()
    {
        if (_isWaiting || Client.State != ClientState.Joined || !_unacknowledged.TryPeek(out var message)) return;
        _isWaiting = true;
        Client.Send(message);
    }

    /// <summary>It is sent again by the next call of <see cref="SendNext"/>.</summary>
    public void OnRefused() => _isWaiting = false;

    public void OnAcknowledged(long seq)
    {
        _isWaiting = false;
        _unacknowledged.Dequeue();
        if (_unacknowledged.Count == 0) Last = (seq, _lastText);
        else SendNext();
    }
}
