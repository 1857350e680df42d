using System.Text.Encodings.Web;
using RoomChat.Pages;
using RoomChat.Redis;
using RoomChat.Rooms;
using static RoomChat.Fuzz.PropertyException;

namespace RoomChat.Fuzz.Targets;

internal static class Codes
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static void Check(byte[] input)
    {
        var typed = Typed.Of(input);
        var isCode = Code.TryParse(typed, out var code);
        var isFound = TypedCode.TryParse(typed, out var found);
        CheckWritten(typed);
        if (isFound) CheckCode(found);
        if (!isCode) return;

        CheckCode(code);
        Require(isFound && found == code, "A page finds every code");
    }

    private static void CheckCode(Code code)
    {
        var text = $"{code}";
        Require(text.Length == Code.Length && text.All(Alphabet.Contains), "A code is six characters of the alphabet");
        foreach (var way in new[] { text, text.ToLowerInvariant(), $" {text[..3]}-{text[3..]}\n" })
            Require(Code.TryParse(way, out var again) && again == code, "A code is read as it was written");
        Require(
            RoomKeys.ToFind(code).All(key => $"{key}".StartsWith($"{{{text}}}:", StringComparison.Ordinal)),
            "What belongs to a room is on one node");
        Require(TypedCode.TryParse($"https://a.example/r/{text}?b#c", out var linked) && linked == code,
            "A link has its code");
    }

    /// <summary>Also of what is none.</summary>
    private static void CheckWritten(string typed)
    {
        using var written = new StringWriter();
        WrittenCode.Of(typed).WriteTo(written, HtmlEncoder.Default);
        var html = $"{written}".Replace("<span>", "", StringComparison.Ordinal)
            .Replace("</span>", "", StringComparison.Ordinal);
        Require(!html.AsSpan().ContainsAny('<', '>', '"'), "Nothing that is typed becomes a tag");
    }
}
