using System.Text;
using RoomChat.Languages;
using RoomChat.Rooms;
using static RoomChat.Fuzz.PropertyException;

namespace RoomChat.Fuzz.Targets;

internal static class Names
{
    private static readonly Limits Limits = new();
    private static readonly NameRules Rules = new(Limits, new NoticeWords(Notices.Names, Notices.Sentences));

    public static void Check(byte[] input)
    {
        var typed = Typed.Of(input);
        var isTaken = Rules.TryParse(typed, out var name);
        if (!Rules.TryRead(typed, out var read))
        {
            Require(!isTaken, "A name that can be taken can be read");
            return;
        }
        CheckRead(read);
        if (!isTaken) return;

        Require(Rules.TryParse(name!.Shown, out var again), "A name can be taken as it is shown");
        RequireEqual(name.Shown, again!.Shown, "A name is shown as it was shown");
        foreach (var other in new[] { name.Shown.ToUpperInvariant(), name.Shown.ToLowerInvariant() })
            if (Rules.TryParse(other, out var inOtherCase))
                Require(inOtherCase.IsAlike(name), "Names that differ in case are alike");
    }

    private static void CheckRead(Name name)
    {
        var shown = name.Shown;
        Require(UnicodeText.IsWellFormed(shown) && shown.IsNormalized(NormalizationForm.FormKC), "A name is normal");
        Require(UnicodeText.Length(shown) is >= 1 and var length && length <= Limits.NameLength, "A name is short");
        RequireEqual(shown, string.Join(' ', shown.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            "Words are a space apart");
        Require(!shown.Any(char.IsControl), "A name has no control characters");
        Require(Rules.TryRead(shown, out var again) && again.Shown == shown, "A name is read as it is shown");
        RequireEqual(name.Key, again!.Key, "A name keeps its key");
        RequireEqual(name.Key, Name.Restore(shown).Key, "A kept name keeps its key");
        Require(name.IsAlike(again), "A name is like itself");
        var numbered = name.Numbered(2, Limits.NameLength).Shown;
        Require(UnicodeText.Length(numbered) <= Limits.NameLength, "A numbered name is short");
        Require(Rules.TryRead(numbered, out var other) && other.Shown == numbered, "A numbered name is a name");
    }
}
