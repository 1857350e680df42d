namespace RoomChat.Rooms;

/// <summary>A room keeps only the hash of its passphrase, which the doorways compute, since that takes long.</summary>
internal static class Passphrase
{
    private const int MaxLength = 64;

    public static bool IsValid(string passphrase) =>
        UnicodeText.IsWellFormed(passphrase) && UnicodeText.Length(passphrase) is >= 1 and <= MaxLength;
}
