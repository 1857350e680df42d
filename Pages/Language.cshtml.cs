using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using RoomChat.Languages;

namespace RoomChat.Pages;

/// <summary>Remembers which language somebody chose, and leads back to where that was.</summary>
[IgnoreAntiforgeryToken]    // nothing is gained by changing somebody's language
public sealed class LanguageModel : PageModel
{
    public RedirectToPageResult OnGet() => RedirectToPage("Index");

    public IActionResult OnPost(string? language)
    {
        if (Language.All.FirstOrDefault(known => known.Code == language) is { } chosen)
            LanguageCookie.Append(HttpContext, chosen);
        var from = Request.GetTypedHeaders().Referer?.PathAndQuery;
        return Url.IsLocalUrl(from) ? LocalRedirect(from) : RedirectToPage("Index");
    }
}
