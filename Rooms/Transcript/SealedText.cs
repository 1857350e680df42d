using System.Buffers;

namespace RoomChat.Rooms;

/// <summary>What only those with the key of the room can read: "v1." and base64url, as docs/sealed.md says.</summary>
internal static class SealedText
{
    private const string Prefix = "v1.";
    private const int NonceAndTagBytes = 12 + 16, MaxBytesPerCharacter = 4, CheckLength = 22;

    private static readonly SearchValues<char> Base64Url =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static Reason? Validate(string? text, int maxLength)
    {
        if (text is null) return Reason.BadRequest;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || !IsBase64Url(text.AsSpan(Prefix.Length)))
            return Reason.NotSealed;
        var length = Length(text);
        return length < 0 ? Reason.NotSealed
            : length == 0 ? Reason.TextEmpty
            : length > MaxBytesPerCharacter * maxLength ? Reason.TextTooLong
            : null;
    }

    /// <summary>Of what is sealed, in bytes.</summary>
    public static int Length(string text) => (text.Length - Prefix.Length) * 3 / 4 - NonceAndTagBytes;

    public static string Describe(string text) => $"[sealed, {Length(text)} bytes]";

    /// <summary>Says whether two keys are the same, and nothing of either.</summary>
    public static bool IsCheck(string typed) => typed.Length == CheckLength && IsBase64Url(typed);

    private static bool IsBase64Url(ReadOnlySpan<char> text) =>
        text.Length % 4 != 1 && !text.ContainsAnyExcept(Base64Url);
}
