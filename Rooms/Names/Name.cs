using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace RoomChat.Rooms;

/// <summary>Names that differ only in case or composition are equal.</summary>
public sealed class Name
{
    private const char Noncharacter = '\uFFFE';     // Normalize throws on it

    private string[]? _looks;

    private Name(string shown) => (Shown, Key) = (shown, KeyOf(shown));

    /// <summary>Of a name that was valid when it was kept.</summary>
    internal static Name Restore(string shown) => new(shown);

    public string Shown { get; }
    public string Key { get; }

    /// <summary>
    /// As it is written, whatever the case, and in capitals. Names that share a look can be taken for each other.
    /// </summary>
    internal IReadOnlyList<string> Looks => _looks ??= FindLooks();

    /// <summary>A name that may be taken now, apart from those that a page uses itself.</summary>
    public static bool TryParse(string? typed, int maxLength, [NotNullWhen(true)] out Name? name)
    {
        if (TryRead(typed, maxLength, out name) && name.Shown.Split(' ').All(IsWord)) return true;
        name = null;
        return false;
    }

    /// <summary>A name that somebody may have, for example by the rules of an earlier version.</summary>
    public static bool TryRead(string? typed, int maxLength, [NotNullWhen(true)] out Name? name)
    {
        name = null;
        if (typed is null || !UnicodeText.IsWellFormed(typed) || typed.Contains(Noncharacter)) return false;

        var words = typed.Normalize(NormalizationForm.FormKC)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var shown = string.Join(' ', words);
        var length = UnicodeText.Length(shown);
        if (length < 1 || length > maxLength || !NameCharacters.AreVisible(shown)) return false;

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

    internal bool IsAlike(Name other) => Looks.Intersect(other.Looks).Any();

    /// <summary>Decomposed first, since some composed letters have no capital.</summary>
    internal static string KeyOf(string shown) =>
        shown.Normalize(NormalizationForm.FormKD).ToUpperInvariant().Replace('ẞ', 'ß')
            .Normalize(NormalizationForm.FormKC);

    public override string ToString() => Shown;

    private static bool IsWord(string word) => NameCharacters.AreAllowed(word) && !Scripts.AreMixed(word);

    private string[] FindLooks()
    {
        var shown = Lookalikes.SkeletonOf(Shown);
        var (lower, capitals) = (shown.ToLowerInvariant(), Lookalikes.SkeletonOf(Key));
        return shown == lower
            ? shown == capitals ? [shown] : [shown, capitals]
            : shown == capitals ? [shown, lower] : [shown, lower, capitals];
    }
}
