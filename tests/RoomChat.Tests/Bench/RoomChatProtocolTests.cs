using System.Text;
using RoomChat.Bench.Verification;
using RoomChat.Bench.Networking;
using RoomChat.Bench.Protocols;

namespace RoomChat.Tests.Bench;

public sealed class RoomChatProtocolTests : IDisposable
{
    private const string End = "\u001e";

    private readonly DeliveryTracker _tracker = new();
    private readonly RoomChatProtocol _protocol;
    private readonly EventLoop _loop;
    private readonly WebSocketClient _ana;
    private readonly List<int> _heard = [];

    public RoomChatProtocolTests()
    {
        Assert.SkipUnless(LinuxSockets.IsSupported, "The benchmark runs on Linux x64.");
        _protocol = new RoomChatProtocol(_tracker) { Rest = "!", Delivered = (_, header) => _heard.Add(header.MessageIndex) };
        _loop = new EventLoop();
        _tracker.AddRooms(rooms: 1, members: 1);
        _tracker.Members[0].SentMessages = 3;
        _ana = new WebSocketClient(_loop, _protocol, port: 0, _tracker.Members[0]);
    }

    private CheckResult Result => _tracker.Check(requiresTotalOrder: true, requiresAcknowledgements: false);

    public void Dispose() => _loop?.Dispose();

    [Fact]
    public void NoticesCountAsNumbersAndMessagesAsBoth()
    {
        Hear(Receive(Notice(1), Message(2, 0), Notice(3), Message(4, 1)) + Receive(Message(5, 2)));

        Assert.Equal([0, 1, 2], _heard);
        Assert.Equal(5, _tracker.Members[0].LastSequenceNumber);
        Assert.True(Result.Passed, Result.ToString());
    }

    [Fact]
    public void ANoticeThatIsLeftOutIsSeen()
    {
        Hear(Receive(Notice(1), Message(3, 0), Message(4, 1), Message(5, 2)));

        Assert.Equal(1, Result.SequenceGaps);
    }

    [Fact]
    public void AChangedTextIsSeen()
    {
        Hear(Receive(Message(1, 0), Message(2, 1), Message(3, 2, rest: "?")));

        Assert.Equal(1, Result.Malformed);
    }

    [Fact]
    public void ARecordThatIsCutShortIsSeen()
    {
        Hear(Receive(Message(1, 0), Message(2, 1), Message(3, 2))[..^1]);

        Assert.Equal(1, Result.Malformed);
        Assert.Equal(3, Result.Missing);
    }

    [Theory]
    [InlineData("""{"type":3,"invocationId":"m","result":{"seq":2}}""", 0)]
    [InlineData("""{"type":3,"invocationId":"m","result":{"refused":"rate-limited","message":"Slower."}}""", 1)]
    [InlineData("""{"type":3,"invocationId":"m","error":"No."}""", 1)]
    public void AnAnswerThatIsARefusalIsSeen(string answer, int refused)
    {
        Hear(answer + End);

        Assert.Equal(1, _tracker.Members[0].AcknowledgedMessages);
        Assert.Equal(refused, Result.Refused);
    }

    private static string Receive(params string[] events) =>
        $$"""{"type":1,"target":"Receive","arguments":[[{{string.Join(',', events)}}],"e1"]}""" + End;

    private static string Notice(int seq) => $$"""{"seq":{{seq}},"type":"joined","from":"u0","at":"2026-01-31T10:00:00.123Z"}""";

    private static string Message(int seq, int count, string rest = "!")
    {
        var text = new byte[MessageHeader.Length];
        new MessageHeader(0, count, ScheduledAt: 1).WriteTo(text);
        return $$"""{"seq":{{seq}},"type":"message","from":"u0","text":"{{Encoding.ASCII.GetString(text)}}{{rest}}","at":"2026-01-31T10:00:00.123Z"}""";
    }

    private void Hear(string message) => _protocol.OnMessage(_ana, Encoding.UTF8.GetBytes(message));
}
