using System.Buffers;
using System.Text;

namespace RoomChat.Rooms;

internal static class MessageText
{
    private static readonly SearchValues<char> ForbiddenControls = SearchValues.Create([.. Enumerable.Range(0, 256)
        .Select(code => (char)code).Where(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))]);

    public static Reason? Validate(string? text, int maxLength)
    {
        if (text is null) return Reason.BadRequest;
        if (text.Length > 2 * maxLength) return Reason.TextTooLong;
        if (!UnicodeText.IsWellFormed(text)) return Reason.TextInvalid;
        if (text.EnumerateRunes().All(IsBlank)) return Reason.TextEmpty;
        if (text.AsSpan().ContainsAny(ForbiddenControls)) return Reason.TextInvalid;
        return UnicodeText.Length(text) > maxLength ? Reason.TextTooLong : null;
    }

    private static bool IsBlank(Rune rune) => Rune.IsWhiteSpace(rune) || UnicodeText.IsInvisible(rune);
}
