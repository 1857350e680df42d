namespace RoomChat.Rooms;

public sealed record AccountIdentity(Name Name, string Session);
