using System.Buffers.Text;
using System.Text.Json;
using RoomChat.Bench.Networking;
using RoomChat.Bench.Protocols;
using RoomChat.Bench.Verification;

namespace RoomChat.Bench.Soaking;

/// <summary>Of members that return to their seats.</summary>
internal sealed class ResumingProtocol(DeliveryTracker tracker) : RoomChatProtocol(tracker)
{
    private const string AmendmentId = "a";

    private readonly DeliveryTracker _tracker = tracker;

    public const string Typing = "{\"type\":1,\"target\":\"Typing\",\"arguments\":[]}\u001e";

    public Dictionary<TrackedMember, Talker> Talkers { get; } = [];

    /// <summary>Too much at once, after an outage.</summary>
    public Action<Talker>? Refused { get; init; }

    public int RefusedAmendments { get; private set; }

    public static string SendMessage(string id, string text) =>
        Invocation(MessageId, "SendMessage", $$"""{"id":"{{id}}","text":"{{text}}"}""");

    public static string EditMessage(long seq, string text) =>
        Invocation(AmendmentId, "EditMessage", $$"""{"seq":{{seq}},"text":"{{text}}"}""");

    public static string React(long seq, bool on) =>
        Invocation(AmendmentId, "React", $$"""{"seq":{{seq}},"mark":"👍","on":{{(on ? "true" : "false")}}}""");

    protected override void Join(WebSocketClient client, TrackedMember member)
    {
        if (Talkers[member] is not { Seat: { } seat, Epoch: { } epoch })
        {
            base.Join(client, member);
            return;
        }
        var place = $$""" "seat":"{{seat}}","epoch":"{{epoch}}","after":{{member.LastSequenceNumber}}""";
        Invoke(
            client, JoinId, "JoinRoom", $$"""{"room":"{{member.Room.Code}}","name":"{{member.Name}}",{{place}}}""");
    }

    protected override void OnMessageCompletion(WebSocketClient client, ReadOnlySpan<byte> completion)
    {
        var talker = Talkers[client.Member!];
        if (completion.IndexOf("\"rate-limited\""u8) >= 0)
        {
            talker.OnRefused();
            Refused?.Invoke(talker);
            return;
        }
        base.OnMessageCompletion(client, completion);
        var seq = completion.IndexOf("\"seq\":"u8);
        if (seq >= 0 && Utf8Parser.TryParse(completion[(seq + 6)..], out long number, out _))
            talker.OnAcknowledged(number);
    }

    protected override void OnOtherCompletion(WebSocketClient client, JsonElement completion)
    {
        var result = completion.GetProperty("result");
        if (client.Member is not { } member || result.TryGetProperty("refused", out _))
        {
            if (completion.GetProperty("invocationId").GetString() == AmendmentId) RefusedAmendments++;
            else base.OnOtherCompletion(client, completion);
        }
        else if (result.TryGetProperty("epoch", out var epoch))
        {
            if (result.TryGetProperty("gap", out _)) _tracker.RecordMalformedMessage();
            Talkers[member].OnJoined(result.GetProperty("seat").GetString()!, epoch.GetString()!);
        }
    }

    protected override bool IsExpected(string body) => body.AsSpan().TrimStart(Talker.Filler) is "" or Talker.Edited;

    private static string Invocation(string id, string target, string argument) =>
        $$"""{"type":1,"invocationId":"{{id}}","target":"{{target}}","arguments":[{{argument}}]}""" + "\u001e";
}
