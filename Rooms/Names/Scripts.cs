using System.Text;

namespace RoomChat.Rooms;

/// <summary>One script for each word, by the highly restrictive profile of UTS 39.</summary>
internal static class Scripts
{
    private const string Latin = "Latn", Unknown = "Zzzz";

    /// <summary>What is written with letters of several scripts, and also with Latin ones.</summary>
    private static readonly string[] Systems = ["Jpan", "Hanb", "Kore"];

    public static bool AreMixed(string word)
    {
        if (Ascii.IsValid(word)) return false;
        var scripts = word.EnumerateRunes().Select(Of).OfType<string[]>().Distinct().ToList();
        return !HaveOneInCommon(scripts)
            && !HaveOneInCommon([.. scripts.Where(some => !some.Contains(Latin)), Systems]);
    }

    /// <summary>Null for what belongs to all of them. A letter newer than the table is of none that it knows.</summary>
    public static string[]? Of(Rune rune)
    {
        if (Table.Of.Find(rune.Value) is { } found) return found.Length > 0 ? found : null;
        return Rune.IsLetter(rune) ? [Unknown] : null;
    }

    private static bool HaveOneInCommon(List<string[]> scripts) =>
        scripts.Count < 2 || scripts.Aggregate((common, some) => [.. common.Intersect(some)]).Length > 0;

    private static class Table
    {
        public static readonly UnicodeTable<string[]> Of = new("scripts", Parse);

        private static string[] Parse(string label) =>
            label == "Zyyy" ? [] : [.. label.Split('+').SelectMany(script => SystemsOf(script).Prepend(script))];

        private static string[] SystemsOf(string script) => script switch
        {
            "Hani" => Systems,
            "Hira" or "Kana" => ["Jpan"],
            "Hang" => ["Kore"],
            "Bopo" => ["Hanb"],
            _ => [],
        };
    }
}
