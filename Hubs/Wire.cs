namespace RoomChat.Hubs;

internal sealed record OpenDirectRequest(string? With = null, string? Token = null)
{
    /// <summary>SignalR logs arguments; this one is secret.</summary>
    public override string ToString() => nameof(OpenDirectRequest);
}

internal sealed record RoomAnswer(string Room);

internal sealed record DoneAnswer;

internal sealed record RefusalAnswer(string Refused, string Message, long? RetryAfterMs);

internal sealed record ClosedNotice(string Reason, string Message, int? ReturnAfterMs = null);
