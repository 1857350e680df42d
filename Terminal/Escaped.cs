using System.Globalization;
using System.Text;

namespace RoomChat.Terminal;

/// <summary>What people send, made fit for one line of a terminal: nobody moves the cursor or forges a line.</summary>
internal static class Escaped
{
    public static string Line(string text, int maxLength = int.MaxValue)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (maxLength-- == 0) return line.Append('…').ToString();
            if (IsPlain(rune)) line.Append(rune);
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

    /// <summary>Several lines that cannot be taken for lines of ours, since each is set in.</summary>
    public static string Block(string text) => string.Concat(text.Split('\n').Select(line => $"{Environment.NewLine}    {Line(line.TrimEnd('\r'))}"));

    private static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => false,
        UnicodeCategory.Format => rune.Value is 0x200C or 0x200D, // they join letters and emoji
        _ => true,
    };
}
