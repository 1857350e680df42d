namespace RoomChat.Rooms;

/// <summary>A proved account: the name that is its alone, and the session it was proved in.</summary>
public sealed record AccountIdentity(Name Name, string Session);
