namespace RoomChat.Hubs;

internal sealed record RoomAnswer(string Room);
internal sealed record DoneAnswer;
internal sealed record RefusalAnswer(string Refused, string Message, long? RetryAfterMs);
internal sealed record ClosedNotice(string Reason, string Message, int? ReturnAfterMs);

internal sealed record NegotiateAnswer(
    int NegotiateVersion, string ConnectionId, string ConnectionToken, IReadOnlyList<TransportAnswer> AvailableTransports);
internal sealed record TransportAnswer(string Transport, IReadOnlyList<string> TransferFormats);
