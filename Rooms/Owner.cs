namespace RoomChat.Rooms;

/// <summary>Who has shown an account: the name that is theirs alone, and the session in which they did.</summary>
public sealed record Owner(Name Name, string Session);
