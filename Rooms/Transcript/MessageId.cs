namespace RoomChat.Rooms;

/// <summary>A client's own id for a message, by which sending it again is recognised.</summary>
internal static class MessageId
{
    private const int MaxLength = 64;

    public static bool IsValid(string id) =>
        id.Length is >= 1 and <= MaxLength && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
