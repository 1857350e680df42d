namespace RoomChat.Hubs;

internal sealed record OpenDirectRequest(string? With = null, string? Token = null)
{
    /// <summary>SignalR logs arguments; this one is secret.</summary>
    public override string ToString() => nameof(OpenDirectRequest);
}

internal sealed record LockRequest(bool Locked = true);

internal sealed record PassphraseRequest(string? Passphrase = null)
{
    /// <summary>SignalR logs arguments; this one is secret.</summary>
    public override string ToString() => nameof(PassphraseRequest);
}

internal sealed record TitleRequest(string? Title = null);

internal sealed record EndRequest(int? InSeconds = null);

internal sealed record EditRequest(long Seq = 0, string? Text = null)
{
    /// <summary>SignalR logs arguments; texts are private.</summary>
    public override string ToString() => nameof(EditRequest);
}

internal sealed record SeqRequest(long Seq = 0);

internal sealed record ReactRequest(long Seq = 0, string? Mark = null, bool On = true);

internal sealed record SeenRequest(long? Seq = null);

internal sealed record RenameRequest(string? Name = null);

internal sealed record WhoRequest(int Who = 0);

internal sealed record RoomAnswer(string Room, bool? Sealed = null);

internal sealed record EndAnswer(DateTimeOffset? EndsAt);

internal sealed record NameAnswer(string Name);

internal sealed record DoneAnswer;

internal sealed record RefusalAnswer(string Refused, string Message, long? RetryAfterMs);

internal sealed record ClosedNotice(string Reason, string Message, int? ReturnAfterMs = null);
