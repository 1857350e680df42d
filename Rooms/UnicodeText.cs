using System.Globalization;
using System.Text;

namespace RoomChat.Rooms;

internal static class UnicodeText
{
    /// <summary>Stands for what was sent and is no text.</summary>
    public const string IllFormed = "\uD800";

    public static int Length(string text) => HasSurrogates(text) ? text.EnumerateRunes().Count() : text.Length;

    /// <summary>False for a lone surrogate, which has no UTF-8 encoding.</summary>
    public static bool IsWellFormed(string text)
    {
        for (var i = HasSurrogates(text) ? 0 : text.Length; i < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune)) return false;
            i += rune.Utf16SequenceLength;
        }
        return true;
    }

    /// <summary>Twice for what is escaped by a backslash, six times for what is escaped as a number.</summary>
    public static int MaxJsonBytes(string? text) => text is null ? 0 : (Ascii.IsValid(text) ? 2 : 6) * text.Length;

    public static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2800 or 0x3164 or 0xFFA0
            or (>= 0x180B and <= 0x180F) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    /// <summary>Vectorised, so that most texts need no scan by rune.</summary>
    private static bool HasSurrogates(string text) => text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF');
}
