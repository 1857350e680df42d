using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using RoomChat.Languages;

namespace RoomChat.Pages;

/// <summary>Remembers which language somebody chose, and leads back to where that was.</summary>
[IgnoreAntiforgeryToken]    // to change somebody's language is no gain, and a form without a token stays out of caches
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
