namespace RoomChat.Rooms;

/// <summary>A client's own id for a message: 1 to 64 of A-Z, a-z, 0-9, _ and -.</summary>
internal static class MessageId
{
    public static bool IsValid(string id) =>
        id.Length is >= 1 and <= 64 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
