using Microsoft.AspNetCore.Mvc.RazorPages;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Pages;

internal static class PageRefusals
{
    /// <summary>Reports a refusal and shows the form again, with the reason at its field.</summary>
    public static PageResult Refuse(this PageModel page, Refusal refusal, string field, string? name = null)
    {
        page.HttpContext.Refuse(refusal, name);
        page.ModelState.AddModelError(field, refusal.Message);
        return page.Page();
    }
}
