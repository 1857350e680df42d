using System.Globalization;
using System.Text;
using RoomChat.Terminal;
using static RoomChat.Fuzz.PropertyException;

namespace RoomChat.Fuzz.Targets;

internal static class Terminals
{
    private const int MaxName = 40;

    public static void Check(byte[] input)
    {
        var said = Typed.Of(input);
        CheckLine(EscapedText.Line(said));
        var person = new PersonText(said);
        CheckLine($"{person}");
        CheckLine(person.ToString(null, CultureInfo.InvariantCulture));
        Require(EscapedText.Line(said, MaxName).EnumerateRunes().Count() <= "\\u{10FFFF}".Length * MaxName + 1,
            "A person takes a part of a line");
        foreach (var line in $"{new EscapedBlock(said)}".Split(Environment.NewLine)[1..])
        {
            CheckLine(line);
            Require(line.StartsWith("    ", StringComparison.Ordinal), "A block is indented");
        }
    }

    private static void CheckLine(string line) =>
        Require(!line.EnumerateRunes().Any(MovesCursor), "What is said moves no cursor and is one line");

    private static bool MovesCursor(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.Format => rune.Value is not (0x200C or 0x200D),
        _ => false,
    };
}
