using System.Globalization;
using System.Text;

namespace RoomChat.Rooms;

/// <summary>Text as people count it: in code points, without halves of them.</summary>
internal static class Unicode
{
    public static int Length(string text) => HasHalves(text) ? text.EnumerateRunes().Count() : text.Length;

    /// <summary>False where half a character stands alone: such text has no form outside this process.</summary>
    public static bool IsWellFormed(string text)
    {
        for (var i = HasHalves(text) ? 0 : text.Length; i < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune)) return false;
            i += rune.Utf16SequenceLength;
        }
        return true;
    }

    /// <summary>Most text has none, which is found out at a glance.</summary>
    private static bool HasHalves(string text) => text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF');

    /// <summary>Takes no room on a screen, or looks like a blank: joiners, fillers, inherent vowels, blank Braille, variation selectors.</summary>
    public static bool IsUnseen(Rune rune) =>
        Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2800 or 0x3164 or 0xFFA0
            or (>= 0x180B and <= 0x180F) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);
}
