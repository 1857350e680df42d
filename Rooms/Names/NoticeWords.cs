using System.Globalization;
using System.Text;

namespace RoomChat.Rooms;

/// <summary>What a page itself calls people and says of them: nobody has a name that reads like that.</summary>
/// <param name="names">As whole names.</param>
/// <param name="sentences">With placeholders in braces.</param>
public sealed class NoticeWords(IEnumerable<string> names, IEnumerable<string> sentences)
{
    private const string Pause = ",";

    // Read when the first name is, since a start is not to wait for it.
    private readonly Lazy<HashSet<string>> _names = new(() =>
        [.. names.SelectMany(name => Name.Restore(name).Looks.Append(Joined(WordsOf(name.ToLowerInvariant()))))]);

    /// <summary>The words around the placeholders of each, by the first of them.</summary>
    private readonly Lazy<ILookup<string, string[][]>> _sentences = new(() =>
        sentences.Distinct().Select(Parse).Where(parts => parts.Any(part => part.Any(IsWord)))
            .ToLookup(parts => parts.First(part => part.Length > 0)[0]));

    public bool Claim(Name name) =>
        name.Looks.Any(_names.Value.Contains)
        || (!NameCharacters.ArePlain(name.Shown)
            && (IsSaid(name.Shown) || IsSaid(name.Shown.ToLowerInvariant())));

    private bool IsSaid(string shown)
    {
        var said = WordsOf(shown);
        return _names.Value.Contains(Joined(said))
            || said.Any(word => _sentences.Value[word].Any(parts => AreIn(said, parts)));
    }

    /// <summary>With something between them, and after the last nothing or a pause.</summary>
    private static bool AreIn(string[] said, string[][] parts)
    {
        var place = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            if (i > 0) place++;
            var (part, isLast) = (parts[i], i == parts.Length - 1);
            if (part.Length == 0)
            {
                if (place > said.Length) return false;
                continue;
            }
            while (!StartsWith(said, place, part) || (isLast && !EndsAt(said, place + part.Length)))
                if (i == 0 || ++place + part.Length > said.Length) return false;
            place += part.Length;
        }
        return true;
    }

    private static bool StartsWith(string[] said, int place, string[] part) =>
        place + part.Length <= said.Length && said.AsSpan(place, part.Length).SequenceEqual(part);

    private static bool EndsAt(string[] said, int place) => place == said.Length || !IsWord(said[place]);

    private static string[][] Parse(string sentence) =>
        [.. sentence.ToLowerInvariant().Split('{', '}').Where((_, i) => i % 2 == 0).Select(WordsOf).Select(TrimEnd)];

    private static string[] TrimEnd(string[] part) => part is [.. var words, Pause] ? words : part;

    private static string Joined(string[] said) => string.Join(' ', said.Where(IsWord));

    private static bool IsWord(string word) => word != Pause;

    /// <summary>As they look; letters, where words are not set apart.</summary>
    private static string[] WordsOf(string text)
    {
        var spaced = new StringBuilder();
        foreach (var rune in text.Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            var word = Rune.IsWhiteSpace(rune) ? " " : IsInWords(rune) ? rune.ToString() : Pause;
            var isAlone = word == Pause || Scripts.Of(rune)?.Any(script => script is "Jpan" or "Hanb") == true;
            spaced.Append(isAlone ? $" {word} " : word);
        }
        return Lookalikes.SkeletonOf($"{spaced}").ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static bool IsInWords(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
