using System.Text;

namespace RoomChat.Rooms;

/// <summary>The rules for what people write. Text is kept as it was sent, or refused; it is never changed.</summary>
internal static class Text
{
    public static Reason? Check(string? text, int maxLength)
    {
        if (text is null) return Reason.BadRequest;
        if (text.Length > 2 * maxLength) return Reason.TextTooLong;
        if (!Unicode.IsWellFormed(text)) return Reason.TextInvalid;
        if (text.EnumerateRunes().All(IsBlank)) return Reason.TextEmpty;
        if (text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))) return Reason.TextInvalid;
        return Unicode.Length(text) > maxLength ? Reason.TextTooLong : null;
    }

    private static bool IsBlank(Rune rune) => Rune.IsWhiteSpace(rune) || Unicode.IsUnseen(rune);
}
