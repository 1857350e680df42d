namespace RoomChat.Accounts;

public enum SessionKind { Browser, Program }

/// <summary>What is known of a session that goes on.</summary>
/// <param name="Used">To the minute.</param>
/// <param name="Refreshes">How often its tokens were renewed: no earlier refresh token counts.</param>
public sealed record SessionRecord(
    SessionKind Kind, DateTimeOffset Begun, DateTimeOffset Used, DateTimeOffset Expires, int Refreshes = 0);
