using System.Text.RegularExpressions;
using RoomChat.Rooms;

namespace RoomChat.Pages;

/// <summary>A code as people write it: in quotes, behind other words ("room K7M2QX"), or in a link.</summary>
internal static partial class TypedCode
{
    public static bool TryParse(string? typed, out Code code)
    {
        var link = Link().Match(typed ?? "");
        var words = Separators().Split(link.Success ? link.Groups["code"].Value : typed ?? "")
            .Where(word => word.Length > 0).TakeLast(Code.Length).ToList();
        for (code = default; words.Count > 0; words.RemoveAt(0))
            if (Code.TryParse(string.Concat(words), out code)) return true;
        return false;
    }

    [GeneratedRegex(@"/r/(?<code>[^/?#\s<>]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Link();

    [GeneratedRegex(@"[\s\p{P}]+")]
    private static partial Regex Separators();
}
