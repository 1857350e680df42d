using Microsoft.AspNetCore.Mvc.RazorPages;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Pages;

internal static class PageRefusals
{
    public static PageResult Refuse(this PageModel page, Refusal refusal, string field, string? name = null)
    {
        page.HttpContext.Refuse(refusal, name);
        page.ModelState.AddModelError(field, refusal.Message);
        return page.Page();
    }
}
