using Microsoft.AspNetCore.Html;
using RoomChat.Rooms;

namespace RoomChat.Pages;

/// <summary>A code as it is read out, in two halves. What stands between them is a margin: copied, it is six
/// characters.</summary>
internal static class WrittenCode
{
    private const int Half = Code.Length / 2;

    public static IHtmlContent Of(Code? code) => Of(code.ToString()!);

    /// <param name="typed">Perhaps no code.</param>
    public static IHtmlContent Of(string typed) => Code.TryParse(typed, out var code) && $"{code}" is var text
        ? new HtmlString($"{text[..Half]}<span>{text[Half..]}</span>")
        : new HtmlContentBuilder().Append(typed);
}
