using System.Text;
using RoomChat.Bench.Networking;
using RoomChat.Bench.Protocols;
using RoomChat.Bench.Verification;

namespace RoomChat.Tests.Bench;

public sealed class RoomChatProtocolTests : IDisposable
{
    private const string RecordSeparator = "\u001e";

    private readonly DeliveryTracker _tracker = new();
    private readonly RoomChatProtocol _protocol;
    private readonly EventLoop _loop;
    private readonly WebSocketClient _client;
    private readonly List<int> _deliveredIndexes = [];

    public RoomChatProtocolTests()
    {
        Assert.SkipUnless(LinuxSockets.IsSupported, "The benchmark runs on Linux x64.");
        _protocol = new RoomChatProtocol(_tracker)
        {
            ExpectedBody = "!",
            MessageDelivered = (_, header) => _deliveredIndexes.Add(header.MessageIndex),
        };
        _loop = new EventLoop();
        _tracker.AddRooms(rooms: 1, members: 1);
        _tracker.Members[0].SentMessages = 3;
        _client = new WebSocketClient(_loop, _protocol, port: 0, _tracker.Members[0]);
    }

    private CheckResult Result => _tracker.Check(requiresTotalOrder: true, requiresAcknowledgements: false);

    public void Dispose() => _loop?.Dispose();

    [Fact]
    public void NoticesAndMessagesShareOneSequenceAndOnlyMessagesAreDeliveries()
    {
        Receive(Invocation(Notice(1), Message(2, 0), Notice(3), Message(4, 1)) + Invocation(Message(5, 2)));

        Assert.Equal([0, 1, 2], _deliveredIndexes);
        Assert.Equal(5, _tracker.Members[0].LastSequenceNumber);
        Assert.True(Result.Passed, Result.ToString());
    }

    [Fact]
    public void AMissingNoticeIsASequenceGap()
    {
        Receive(Invocation(Notice(1), Message(3, 0), Message(4, 1), Message(5, 2)));

        Assert.Equal(1, Result.SequenceGaps);
    }

    [Fact]
    public void AChangedTextIsMalformed()
    {
        Receive(Invocation(Message(1, 0), Message(2, 1), Message(3, 2, body: "?")));

        Assert.Equal(1, Result.Malformed);
    }

    [Fact]
    public void ATruncatedRecordIsMalformed()
    {
        Receive(Invocation(Message(1, 0), Message(2, 1), Message(3, 2))[..^1]);

        Assert.Equal(1, Result.Malformed);
        Assert.Equal(3, Result.Missing);
    }

    [Theory]
    [InlineData("""{"type":3,"invocationId":"m","result":{"seq":2}}""", 0)]
    [InlineData("""{"type":3,"invocationId":"m","result":{"refused":"rate-limited","message":"Slower."}}""", 1)]
    [InlineData("""{"type":3,"invocationId":"m","error":"No."}""", 1)]
    public void ACompletionWithoutSequenceNumberIsARefusal(string completion, int refused)
    {
        Receive(completion + RecordSeparator);

        Assert.Equal(1, _tracker.Members[0].AcknowledgedMessages);
        Assert.Equal(refused, Result.Refused);
    }

    private static string Invocation(params string[] events) =>
        $$"""{"type":1,"target":"Receive","arguments":[[{{string.Join(',', events)}}],"e1"]}""" + RecordSeparator;

    private static string Notice(int sequenceNumber) =>
        $$"""{"seq":{{sequenceNumber}},"type":"joined","from":"u0","at":"2026-01-31T10:00:00.123Z"}""";

    private static string Message(int sequenceNumber, int messageIndex, string body = "!")
    {
        var bytes = new byte[MessageHeader.Length];
        new MessageHeader(0, messageIndex, ScheduledAt: 1).WriteTo(bytes);
        var text = Encoding.ASCII.GetString(bytes) + body;
        return $$"""
            {"seq":{{sequenceNumber}},"type":"message","from":"u0","text":"{{text}}","at":"2026-01-31T10:00:00.123Z"}
            """;
    }

    private void Receive(string message) => _protocol.OnMessage(_client, Encoding.UTF8.GetBytes(message));
}
