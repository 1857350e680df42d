using System.Globalization;
using Microsoft.AspNetCore.Html;
using RoomChat.Languages;
using RoomChat.Rooms;

namespace RoomChat.Pages;

/// <summary>The words of the pages in the language of the request.</summary>
public sealed class Words
{
    public string this[string key] => Language.Current[key];

    /// <summary>A sentence with something in its placeholder.</summary>
    public string Fill(string key, string placeholder, object? value) =>
        this[key].Replace($"{{{placeholder}}}", $"{value}", StringComparison.Ordinal);

    public IHtmlContent Fill(string key, string placeholder, Func<object?, IHtmlContent> markup)
    {
        var parts = this[key].Split($"{{{placeholder}}}");
        var content = new HtmlContentBuilder().Append(parts[0]);
        foreach (var part in parts.Skip(1)) content.AppendHtml(markup(null)).Append(part);
        return content;
    }

    /// <summary>In UTC, since a page without scripts does not know where its reader is.</summary>
    public IHtmlContent Fill(string key, string placeholder, DateTimeOffset at) => Fill(
        key, placeholder, _ => new HtmlString(string.Create(
            CultureInfo.InvariantCulture, $"""<time datetime="{at:O}">{at:yyyy-MM-dd HH:mm} UTC</time>""")));

    public string Of(Refusal refusal) => Language.Current.Find($"refusal.{refusal.Code}") ?? refusal.Message;

    /// <summary>For the scripts of a page, as data that is not run.</summary>
    public IHtmlContent ForScripts(params string[] groups) => new HtmlString(
        $"""<script type="application/json" id="words">{Language.Current.ToJson(groups)}</script>""");
}
