using System.Buffers;
using System.Globalization;
using System.Text;

namespace RoomChat.Rooms;

/// <summary>Letters, digits, their signs, and pictures; nothing that looks like a mark of ours.</summary>
internal static class NameCharacters
{
    private const char Apostrophe = '\u2019', OpeningApostrophe = '\u2018', Hyphen = '\u2010';

    private const string Marks = "+*~·\"", SignsOfNotices = "+-*~!@·";

    private static readonly SearchValues<char> PlainLetters = SearchValues.Create(
        [.. Enumerable.Range(0, 0x80).Select(letter => (char)letter).Where(char.IsLetterOrDigit)]);

    /// <summary>As in most names.</summary>
    public static bool ArePlain(string text) => !text.AsSpan().ContainsAnyExcept(PlainLetters);

    public static bool AreVisible(string shown) =>
        ArePlain(shown)
        || (!IsCombining(shown.EnumerateRunes().First()) && !shown.EnumerateRunes().Any(IsUnprintable));

    public static bool AreAllowed(string word)
    {
        if (ArePlain(word)) return true;
        var runes = word.EnumerateRunes().ToArray();
        if (IsSign(runes[0]) || EndsInColon(runes[^1])) return false;
        for (var i = 0; i < runes.Length; i++)
        {
            if (IsMiddleDot(runes[i]))
            {
                if (i == 0 || i == runes.Length - 1 || !JoinsWords(runes[i - 1], runes[i + 1])) return false;
            }
            else if (!IsAllowed(runes[i])) return false;
        }
        return true;
    }

    private static bool IsCombining(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.SpacingCombiningMark;

    private static bool IsUnprintable(Rune rune) =>
        UnicodeText.IsInvisible(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.PrivateUse
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned;

    private static bool IsAllowed(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        _ when rune.IsAscii => true,
        UnicodeCategory.EnclosingMark => false,
        UnicodeCategory.OtherNumber => Scripts.Of(rune) is not null,
        UnicodeCategory.ConnectorPunctuation or UnicodeCategory.MathSymbol => false,
        UnicodeCategory.OtherPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation
            or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation
            or UnicodeCategory.FinalQuotePunctuation =>
            rune.Value is Apostrophe or OpeningApostrophe or Hyphen
            || (Scripts.Of(rune) is not null && !LooksLike(rune, Marks)),
        UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol => IsPicture(rune.Value),
        _ => true,
    };

    private static bool IsSign(Rune rune) =>
        Rune.GetUnicodeCategory(rune) == UnicodeCategory.DashPunctuation
        || (!Rune.IsLetterOrDigit(rune) && LooksLike(rune, SignsOfNotices)) || IsMiddleDot(rune);

    private static bool EndsInColon(Rune rune) => Rune.IsPunctuation(rune) && LooksLike(rune, ":");

    private static bool LooksLike(Rune rune, string signs) =>
        (Lookalikes.Find(rune) ?? rune.ToString()) is [var sign] && signs.Contains(sign, StringComparison.Ordinal);

    private static bool IsMiddleDot(Rune rune) => LooksLike(rune, "·");

    /// <summary>In Catalan, and in foreign names in Chinese and Japanese; in syllabics it is a letter.</summary>
    private static bool JoinsWords(Rune before, Rune after) =>
        Rune.ToLowerInvariant(before).Value == 'l' && Rune.ToLowerInvariant(after).Value == 'l'
        || Scripts.Of(before)?.Intersect(Scripts.Of(after) ?? []).Any(script => script is "Jpan" or "Hanb") == true;

    /// <summary>Emoji other than checks, crosses, stars, arrows, plain shapes, locks and keys.</summary>
    private static bool IsPicture(int character) => character switch
    {
        0x2605 or 0x2606 or (>= 0x2610 and <= 0x2613) or 0x2662 or 0x2666 or 0x269D or 0x26AA or 0x26AB or 0x26AC
            or 0x26BF or 0x26CC or (>= 0x26E4 and <= 0x26E7) => false,
        0x1F31F or 0x1F4A0 or (>= 0x1F500 and <= 0x1F504) or (>= 0x1F50F and <= 0x1F513) or (>= 0x1F518 and <= 0x1F51D)
            or 0x1F52F or (>= 0x1F532 and <= 0x1F53F) or 0x1F5DD or (>= 0x1F5F4 and <= 0x1F5F9) => false,
        (>= 0x2600 and <= 0x26FF) or (>= 0x2708 and <= 0x270D) or 0x2728 or 0x2744 or (>= 0x2763 and <= 0x2767) => true,
        (>= 0x1F1E6 and <= 0x1F1FF) or (>= 0x1F300 and <= 0x1F64F) or (>= 0x1F680 and <= 0x1F6FF)
            or (>= 0x1F900 and <= 0x1F9FF) or (>= 0x1FA70 and <= 0x1FAFF) => true,
        _ => false,
    };
}
