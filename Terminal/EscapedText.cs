using System.Globalization;
using System.Text;
using RoomChat.Rooms;

namespace RoomChat.Terminal;

/// <summary>Of several words it is quoted, since they could pass for words of ours, but not in JSON.</summary>
internal readonly record struct PersonText(string Name) : IFormattable
{
    private const int MaxLength = 40;
    private const string Quote = "\"";

    public override string ToString() => EscapedText.Line(Name, MaxLength);

    public string ToString(string? format, IFormatProvider? formatProvider) =>
        Name.AsSpan().ContainsAny(' ', ':')
            ? $"{Quote}{ToString().Replace(Quote, $"\\{Quote}", StringComparison.Ordinal)}{Quote}"
            : ToString();
}

/// <summary>Indented, so that no line can be mistaken for one of ours.</summary>
internal readonly record struct EscapedBlock(string Text)
{
    public override string ToString() => string.Concat(
        Text.Split('\n').Select(line => $"{Environment.NewLine}    {EscapedText.Line(line.TrimEnd('\r'))}"));
}

/// <summary>Made safe for a terminal: it cannot move the cursor or forge a line.</summary>
internal static class EscapedText
{
    public static object Escape(object value) => value switch
    {
        string text => Line(text),
        PersonName person => new PersonText(person.Name),
        _ => value,
    };

    public static string Line(string text, int maxLength = int.MaxValue)
    {
        if (text.Length <= maxLength && !text.AsSpan().ContainsAnyExceptInRange(' ', '~')) return text;
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (maxLength-- == 0) return line.Append('…').ToString();
            if (IsPrintable(rune)) line.Append(rune);
            else line.Append(rune.Value switch
            {
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                var other => string.Create(CultureInfo.InvariantCulture, $"\\u{{{other:X}}}"),
            });
        }
        return line.ToString();
    }

    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => false,
        UnicodeCategory.Format => rune.Value is 0x200C or 0x200D,
        _ => true,
    };
}
