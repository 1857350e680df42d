using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using RoomChat.Rooms;

namespace RoomChat.Pages;

/// <summary>The room under a code, however the code was typed into the link.</summary>
public sealed class RoomModel(Lobby lobby) : PageModel
{
    private const int Shown = 20;

    /// <summary>Null where there is no such room.</summary>
    public Code? Code { get; private set; }

    public string Typed { get; private set; } = "";

    public IActionResult OnGet(string code)
    {
        Typed = code.Length > Shown ? $"{code[..Shown]}…" : code;
        if (!lobby.Find(code).Granted(out var room, out _))
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }
        Code = room.Code;
        return code == room.Code.ToString() ? Page() : RedirectToPage(new { code = room.Code.ToString() });
    }
}
