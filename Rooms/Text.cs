using System.Buffers;
using System.Text;

namespace RoomChat.Rooms;

/// <summary>The rules for what people write. Text is kept as it was sent, or refused; it is never changed.</summary>
internal static class Text
{
    private static readonly SearchValues<char> Barred =
        SearchValues.Create([.. from c in Enumerable.Range(0, 256) where char.IsControl((char)c) && (char)c is not ('\n' or '\r' or '\t') select (char)c]);

    public static Reason? Check(string? text, int maxLength)
    {
        if (text is null) return Reason.BadRequest;
        if (text.Length > 2 * maxLength) return Reason.TextTooLong;
        if (!Unicode.IsWellFormed(text)) return Reason.TextInvalid;
        if (text.EnumerateRunes().All(IsBlank)) return Reason.TextEmpty;
        if (text.AsSpan().ContainsAny(Barred)) return Reason.TextInvalid;
        return Unicode.Length(text) > maxLength ? Reason.TextTooLong : null;
    }

    private static bool IsBlank(Rune rune) => Rune.IsWhiteSpace(rune) || Unicode.IsUnseen(rune);
}
