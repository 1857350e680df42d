using Microsoft.AspNetCore.Mvc.RazorPages;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Pages;

internal static class PageRefusals
{
    public static PageResult Refuse(this PageModel page, Refusal refusal, string field, string? name = null)
    {
        var words = page.HttpContext.RequestServices.GetRequiredService<Words>();
        page.HttpContext.Refuse(refusal, name);
        page.ModelState.AddModelError(field, words.Of(refusal));
        return page.Page();
    }
}
