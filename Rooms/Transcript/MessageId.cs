namespace RoomChat.Rooms;

/// <summary>Chosen by the client, to recognise a message that is sent again.</summary>
internal static class MessageId
{
    private const int MaxLength = 64;

    public static bool IsValid(string id) =>
        id.Length is >= 1 and <= MaxLength && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
