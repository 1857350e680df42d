using System.Text;

namespace RoomChat.Rooms;

/// <summary>Text as people count it: in code points, without halves of them.</summary>
internal static class Unicode
{
    public static int Length(string text) => text.EnumerateRunes().Count();

    /// <summary>False where a surrogate stands alone: such text has no form outside this process.</summary>
    public static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!Rune.TryGetRuneAt(text, i, out _)) return false;
            i++;
        }
        return true;
    }
}
