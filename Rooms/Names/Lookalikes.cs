using System.Buffers;
using System.Text;

namespace RoomChat.Rooms;

/// <summary>Unicode's skeletons (UTS 39): texts that look the same have the same.</summary>
internal static class Lookalikes
{
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range(0, 0x80).Select(character => (char)character).Where(letter => OfAscii(letter) is null)]);

    public static string SkeletonOf(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Plain)) return text;     // most names need no table
        var skeleton = new StringBuilder(text.Length + 1);
        foreach (var rune in text.Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            if (Find(rune) is { } found) skeleton.Append(found);
            else skeleton.Append(rune);
        }
        return skeleton.ToString().Normalize(NormalizationForm.FormD);
    }

    /// <summary>Null for what looks like itself.</summary>
    public static string? Find(Rune rune) => rune.IsAscii ? OfAscii((char)rune.Value) : Table.Others.Find(rune.Value);

    private static string? OfAscii(char letter) => letter switch
    {
        '0' => "O",
        '1' or 'I' or '|' => "l",
        'm' => "rn",
        '`' => "'",
        '"' => "''",
        '%' => "º/₀",
        _ => null,
    };

    /// <summary>Read when the first name needs it.</summary>
    internal static class Table
    {
        public static readonly UnicodeTable<string> Others = new("lookalikes", Parse);

        private static string Parse(string label) => string.Concat(
            label.Split('+').Select(digits => char.ConvertFromUtf32(UnicodeTable<string>.ParseHex(digits))));
    }
}
