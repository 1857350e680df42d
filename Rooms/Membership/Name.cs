using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace RoomChat.Rooms;

/// <summary>Names that differ only in case or composition are equal.</summary>
public sealed class Name
{
    private Name(string shown) => (Shown, Key) = (shown, KeyOf(shown));

    /// <summary>Of a name that was valid when it was kept.</summary>
    internal static Name Restore(string shown) => new(shown);

    public string Shown { get; }
    public string Key { get; }

    private const char Noncharacter = '\uFFFE';     // Normalize throws on it

    public static bool TryParse(string? typed, int maxLength, [NotNullWhen(true)] out Name? name)
    {
        name = null;
        if (typed is null || !UnicodeText.IsWellFormed(typed) || typed.Contains(Noncharacter)) return false;

        var normalized = typed.Normalize(NormalizationForm.FormKC);
        var words = normalized.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var shown = string.Join(' ', words);
        var length = UnicodeText.Length(shown);
        if (length < 1 || length > maxLength) return false;
        if (IsCombining(shown.EnumerateRunes().First()) || shown.EnumerateRunes().Any(IsForbidden)) return false;
        if (words.Any(MixesScripts)) return false;

        name = new Name(shown);
        return true;
    }

    /// <summary>"ana 2", for somebody who has to give "ana" up.</summary>
    internal Name Numbered(int number, int maxLength)
    {
        var end = $" {number}";
        var runes = Shown.EnumerateRunes().Take(Math.Max(1, maxLength - end.Length));
        return new Name(string.Concat(runes).TrimEnd() + end);
    }

    /// <summary>Decomposed first, since some composed letters have no capital.</summary>
    internal static string KeyOf(string shown) =>
        shown.Normalize(NormalizationForm.FormKD).ToUpperInvariant().Replace('ẞ', 'ß')
            .Normalize(NormalizationForm.FormKC);

    private static bool IsCombining(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.SpacingCombiningMark;

    private static bool IsForbidden(Rune rune) =>
        UnicodeText.IsInvisible(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.PrivateUse
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned;

    private static bool MixesScripts(string word)
    {
        bool latin = false, greekOrCyrillic = false;
        foreach (var rune in word.EnumerateRunes())
        {
            if (!Rune.IsLetter(rune)) continue;
            latin |= rune.Value is < 0x02B0 or (>= 0x1D00 and < 0x1D26) or (>= 0x1D2C and < 0x1DC0)
                or (>= 0x1E00 and < 0x1F00) or (>= 0x2C60 and < 0x2C80)
                or (>= 0xA722 and < 0xA800) or (>= 0xAB30 and < 0xAB70);
            greekOrCyrillic |= rune.Value is (>= 0x0370 and < 0x0530) or (>= 0x1C80 and < 0x1C90)
                or (>= 0x1D26 and < 0x1D2C) or (>= 0x1F00 and < 0x2000) or (>= 0x2DE0 and < 0x2E00)
                or (>= 0xA640 and < 0xA6A0);
        }
        return latin && greekOrCyrillic;
    }

    public override string ToString() => Shown;
}
